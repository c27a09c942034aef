"""This pod's Postgres: its folders, its programs, its databases, and the Patroni that watches it."""
import logging
import os
import shutil
import signal
import subprocess

import psutil
import psycopg2
import yaml

from settings.environment import BINARIES
from settings.files import write_for_postgres
from .member import UpgradeFailed

log = logging.getLogger('inplace_upgrade')


class Instance:
  def __init__(self, path='/run/postgres.yml'):
    self._path = path
    with open(path, encoding='utf-8') as file:
      self._configuration = yaml.safe_load(file)

  @property
  def name(self):
    return self._configuration['name']

  @property
  def data(self):
    return self._configuration['postgresql']['data_dir']

  def beside(self, name):
    """A folder next to the data, so that a rename or a hard link reaches it."""
    return os.path.join(os.path.dirname(self.data), name)

  @property
  def superuser(self):
    return self._configuration['postgresql']['authentication']['superuser']

  def version(self):
    with open(os.path.join(self.data, 'PG_VERSION'), encoding='ascii') as file:
      return int(file.read())

  def program(self, name, version=None):
    return f'{BINARIES}/{version or self.version()}/bin/{name}'

  def address(self):
    return self._configuration['postgresql']['connect_address'].rpartition(':')[0]

  def run(self, *command, cwd=None):
    """Runs one of Postgres' programs; its output goes to the log, its failure is ours."""
    environment = {**os.environ, 'PGPASSWORD': self.superuser['password']}
    done = subprocess.run(command, cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for line in done.stdout.splitlines():
      log.info('%s: %s', os.path.basename(command[0]), line)
    if done.returncode:
      raise UpgradeFailed(f'{os.path.basename(command[0])} failed with status {done.returncode}')

  def connect(self, database='postgres', host='/run/postgresql'):
    try:
      connection = psycopg2.connect(
        host=host, dbname=database, user=self.superuser['username'], password=self.superuser['password'],
        port=self._configuration['postgresql']['listen'].rpartition(':')[2], connect_timeout=5,
        options='-c statement_timeout=0 -c search_path=pg_catalog')
    except psycopg2.Error as error:
      raise UpgradeFailed(f'no connection to {database} on {host}: {str(error).strip()}') from None
    connection.autocommit = True
    return connection

  def query(self, sql, *arguments, database='postgres', host='/run/postgresql'):
    connection = self.connect(database, host)
    try:
      with connection.cursor() as cursor:
        cursor.execute(sql, arguments or None)
        return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
      raise UpgradeFailed(f'{sql.split()[0]} in {database} on {host}: {str(error).strip()}') from None
    finally:
      connection.close()

  def databases(self):
    return [row[0] for row in self.query('SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname')]

  def stop(self, mode):
    self.run(self.program('pg_ctl'), 'stop', '-D', self.data, '-m', mode, '-w', '-t', '600')

  def use_version(self, version):
    """Points Patroni's configuration at other programs; it takes effect when Patroni starts again."""
    self._configuration['postgresql']['bin_dir'] = f'{BINARIES}/{version}/bin'
    write_for_postgres(self._path, yaml.safe_dump(self._configuration, sort_keys=False))

  def state_store(self):
    """Patroni's own access to the cluster's objects in Kubernetes."""
    from patroni.config import Config
    from patroni.dcs import get_dcs
    # `patronictl`: a visitor, without the watches of a member
    return get_dcs({**Config(self._path, validator=None).copy(), 'patronictl': True})


def kill_patroni():
  """Ends Patroni in a way that lets Postgres be and that runit answers with a new start."""
  for process in psutil.process_iter(['cmdline']):
    command = process.info['cmdline'] or []
    if any(part == '/usr/bin/patroni' for part in command[:3]):
      os.kill(process.pid, signal.SIGKILL)


def remove(folder):
  shutil.rmtree(folder, ignore_errors=True)
