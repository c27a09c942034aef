#!/usr/bin/python3
"""Upgrades the cluster to the version that the pods are configured for.

On the leader: inplace_upgrade.py MEMBERS. It calls itself on replicas as: inplace_upgrade.py VERSION LEADER_ADDRESS BACKEND_PID.
Exit status 0: done, or not needed; 1: failed, the last line says why; 2: wrong arguments.
"""
import logging
import sys
import time

from settings.environment import ConfigurationError, Environment
from upgrade.instance import Instance
from upgrade.leader import LeaderUpgrade
from upgrade.member import UpgradeFailed
from upgrade.replica import follow

log = logging.getLogger('inplace_upgrade')


def wanted_version(environment):
  """The version of `bin_dir` in the user's configuration (…/17/bin), else PGVERSION."""
  given = environment.document('SPILO_CONFIGURATION', {}) or {}
  folder = (given.get('postgresql') or {}).get('bin_dir', '')
  text = folder.rstrip('/').split('/')[-2] if folder.count('/') > 1 else environment.text('PGVERSION')
  if not text.isdigit():
    raise UpgradeFailed(f'no version to upgrade to: PGVERSION is "{text}"')
  return int(text)


def upgrade(members):
  instance, version = Instance(), wanted_version(Environment())
  if version <= instance.version():
    log.info('Upgrade is not required: the data is of version %s, version %s is wanted', instance.version(), version)
    return
  started = time.monotonic()
  LeaderUpgrade(instance, version).run(members)
  log.info('all done in %.1f seconds', time.monotonic() - started)


def main():
  logging.basicConfig(format='%(asctime)s inplace_upgrade %(levelname)s: %(message)s', level=logging.INFO)
  arguments = sys.argv[1:]
  try:
    if len(arguments) == 1 and arguments[0].isdigit():
      upgrade(int(arguments[0]))
    elif len(arguments) == 3 and arguments[0].isdigit() and arguments[2].isdigit():
      follow(int(arguments[0]), arguments[1], int(arguments[2]))
    else:
      log.error('usage: inplace_upgrade.py MEMBERS, or VERSION LEADER_ADDRESS BACKEND_PID')
      return 2
  except (UpgradeFailed, ConfigurationError) as error:
    log.error('upgrade failed: %s', error)
    return 1
  return 0


if __name__ == '__main__':
  sys.exit(main())
