"""The replica's part: wait until the leader runs the new version, then make room for a fresh copy of it."""
import logging
import os
import sys

import psutil

from .instance import Instance, kill_patroni, remove
from .member import Member, UpgradeFailed, await_true

log = logging.getLogger('inplace_upgrade')


def follow(version, leader_address, backend):
  """Called inside a COPY … TO PROGRAM of the leader on this replica's Postgres, and outlives that Postgres."""
  if backend not in (parent.pid for parent in psutil.Process().parents()):
    raise UpgradeFailed(f'process {backend} did not start this program')
  detach()
  instance, leader = Instance(), Member(leader_address)
  upgraded = [False]

  def decided():
    status = leader.status()
    upgraded[0] = status.get('state') == 'running' and status.get('server_version', 0) // 10000 == version
    # The leader runs, on the old version, and nobody waits any more: it has given up.
    return upgraded[0] or status.get('state') == 'running' and not status.get('pause')

  if not await_true(decided, 1800) or not upgraded[0]:
    raise UpgradeFailed('the leader was not upgraded: this replica stays as it is')
  log.info('the leader runs version %s: removing the old data here', version)
  instance.stop('immediate')
  # In this order: once the folder is gone the leader may resume, and only a Patroni that knows the new version may fill it again.
  instance.use_version(version)
  kill_patroni()
  os.rename(instance.data, instance.beside('data_old'))
  remove(instance.beside('data_old'))


def detach():
  """Leaves the backend's process group; Postgres on its way down would otherwise take us along. Output goes to a file."""
  if os.fork():
    os._exit(0)
  os.setsid()
  target = os.open(os.path.join(os.environ.get('PGHOME', '/home/postgres'), 'replica_upgrade.log'),
                   os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
  for stream in (sys.stdout, sys.stderr):
    stream.flush()
    os.dup2(target, stream.fileno())
