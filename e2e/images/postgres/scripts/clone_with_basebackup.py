#!/usr/bin/python3
"""Fills an empty data folder from a foreign cluster: called by Patroni in place of initdb, once per new cluster."""
import argparse
import os

import yaml


def main():
  parser = argparse.ArgumentParser()
  for name in ('scope', 'datadir', 'host', 'port', 'user', 'pgpass'):
    parser.add_argument(f'--{name}', required=True)
  given = parser.parse_args()
  with open('/run/postgres.yml', encoding='utf-8') as file:
    program = yaml.safe_load(file)['postgresql']['bin_dir'] + '/pg_basebackup'
  os.environ['PGPASSFILE'] = given.pgpass
  source = f'host={given.host} port={given.port} user={given.user} sslmode=prefer application_name={given.scope}'
  os.execv(program, [program, f'--pgdata={given.datadir}', f'--dbname={source}', '--wal-method=stream', '--checkpoint=fast',
                     '--no-sync', '--no-password'])


if __name__ == '__main__':
  main()
