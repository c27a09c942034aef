"""The variables of the contract with their defaults, and the few facts of the machine that defaults depend on."""
import os
import socket

import yaml

BINARIES = '/usr/lib/postgresql'


class ConfigurationError(Exception):
  """The pod asks for something that this image cannot do. The text names the variable."""


class Environment:
  """Read-only view of the variables. An empty variable counts as absent, as in a pod's template."""

  def __init__(self, variables=os.environ):
    self._variables = variables

  def text(self, name, default=''):
    return self._variables.get(name) or default

  def flag(self, name, default=False):
    value = self.text(name).lower()
    return default if value == '' else value in ('true', '1', 'yes', 'on')

  def document(self, name, default):
    """A variable that holds JSON or YAML."""
    text = self.text(name)
    if not text:
      return default
    try:
      return yaml.safe_load(text)
    except yaml.YAMLError:
      raise ConfigurationError(f'{name} is neither JSON nor YAML') from None

  @property
  def home(self):
    return self.text('PGHOME', '/home/postgres')

  @property
  def run(self):
    return self.text('RW_DIR', '/run')

  @property
  def root(self):
    return self.text('PGROOT', f'{self.home}/pgdata/pgroot')

  @property
  def data(self):
    # The operator gives PGROOT, the image PGDATA: a root of one's own moves the data along.
    return f'{self.root}/data'

  @property
  def scope(self):
    return self.text('SCOPE', 'dummy')

  @property
  def name(self):
    return self.text('HOSTNAME') or socket.gethostname()

  @property
  def address(self):
    return self.text('POD_IP') or socket.gethostbyname(socket.gethostname())

  @property
  def durable(self):
    """Whether to wait for the disk. Off: what this image holds is test data, and a bed lives on one machine."""
    return self.flag('BED_DURABLE')

  def version(self):
    """The major version to run: what the data was made with, else what is asked for, else the newest."""
    installed = sorted((entry for entry in os.listdir(BINARIES) if entry.isdigit()), key=int)
    try:
      with open(f'{self.data}/PG_VERSION', encoding='ascii') as file:
        wanted = file.read().strip()
    except FileNotFoundError:
      wanted = self.text('PGVERSION', installed[-1])
    if wanted not in installed:
      raise ConfigurationError(f'PostgreSQL {wanted} is not in this image; it has {", ".join(installed)} (PGVERSION)')
    return wanted


def memory_bytes():
  """What this container may use: the smaller of its cgroup's limit (version 2 or 1) and the machine's memory."""
  with open('/proc/meminfo', encoding='ascii') as file:
    total = int(file.readline().split()[1]) * 1024
  for path in ('/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'):
    try:
      with open(path, encoding='ascii') as file:
        limit = file.read().strip()
    except OSError:
      continue
    if limit.isdigit():
      return min(int(limit), total)
  return total
