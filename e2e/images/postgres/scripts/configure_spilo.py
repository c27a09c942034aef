#!/usr/bin/python3
"""Writes /run/postgres.yml and its companions from the environment: configure_spilo.py [-f] [-l LEVEL] SECTION…

Sections: all, patroni, certificate, pam-oauth2; the others of the contract are accepted and have nothing to do here.
Exit status 1 means that no archive of WAL is configured, which is always so in this image; 2 that the environment is wrong.
"""
import argparse
import os
import sys

import yaml

from settings import bootstrap, certificate, files, instance, kubernetes, merge
from settings.environment import ConfigurationError, Environment

SECTIONS = ('all', 'patroni', 'pgqd', 'certificate', 'wal-e', 'crontab', 'pam-oauth2', 'pgbouncer', 'bootstrap',
            'standby-cluster', 'log')


def configuration(environment):
  """Patroni's whole configuration: ours, overlaid with what the pod's author gave."""
  port = environment.text('APIPORT', '8008')
  ours = {
    'scope': environment.scope,
    'name': environment.name,
    'restapi': {
      'listen': f':{port}',
      'connect_address': environment.text('RESTAPI_CONNECT_ADDRESS', f'{environment.address}:{port}'),
    },
    'kubernetes': kubernetes.kubernetes(environment),
    'bootstrap': bootstrap.bootstrap(environment),
    'postgresql': instance.postgresql(environment, certificate.parameters(environment)),
  }
  given = environment.document('SPILO_CONFIGURATION', environment.document('PATRONI_CONFIGURATION', {})) or {}
  result = merge.merged(ours, given)
  # A new version in the pod's environment does not move existing data: what the data was made with wins.
  if os.path.exists(f'{environment.data}/PG_VERSION'):
    result['postgresql']['bin_dir'] = ours['postgresql']['bin_dir']
  if not environment.durable:
    result['bootstrap']['initdb'] = [*result['bootstrap']['initdb'], 'no-sync']
  return result


def write_patroni(environment, overwrite):
  path = f'{environment.run}/postgres.yml'
  if overwrite or not os.path.exists(path):
    files.write_for_postgres(path, yaml.safe_dump(configuration(environment), sort_keys=False))


def write_pam(environment):
  """Debian has no module for OAuth2 logins: the service exists, and lets nobody in."""
  text = 'auth required pam_deny.so\naccount required pam_permit.so\n'
  files.write_for_postgres(f'{environment.run}/pam.d-postgresql', text, 0o644)


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument('-f', '--force', action='store_true')
  parser.add_argument('-l', '--loglevel', default='INFO')
  parser.add_argument('sections', nargs='+', choices=SECTIONS, metavar='SECTION')
  arguments = parser.parse_args()
  environment = Environment()
  wanted = set(arguments.sections)
  try:
    if wanted & {'all', 'certificate'}:
      certificate.provide(environment)
    if wanted & {'all', 'pam-oauth2'}:
      write_pam(environment)
    if wanted & {'all', 'patroni', 'bootstrap', 'standby-cluster'}:
      write_patroni(environment, arguments.force or 'all' in wanted)
  except ConfigurationError as error:
    print(f'configure_spilo: {error}', file=sys.stderr)
    return 2
  return 1


if __name__ == '__main__':
  sys.exit(main())
