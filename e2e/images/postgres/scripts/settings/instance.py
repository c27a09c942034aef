"""What this one Postgres is started with: addresses, accounts, local parameters, who may connect, how replicas are made."""
import os
import shlex

from .bootstrap import MEBIBYTE, human_role
from .environment import BINARIES, memory_bytes

# What Spilo loads and Debian has. The rest of its list (bg_mon, pgextwlist, pg_auth_mon, pg_stat_kcache) is not packaged.
PRELOADED = ('pg_stat_statements', 'set_user', 'pg_cron')


def postgresql(environment, certificate):
  """Patroni's `postgresql` section for the version that the data wants."""
  version = environment.version()
  port = environment.text('PGPORT', '5432')
  unsynced = [] if environment.durable else ['--no-sync']
  return {
    'use_unix_socket': True,
    'use_unix_socket_repl': True,
    'name': environment.name,
    'listen': f'*:{port}',
    'connect_address': environment.text('PG_CONNECT_ADDRESS', f'{environment.address}:{port}'),
    'pgpass': f'{environment.run}/postgresql/pgpass',
    'data_dir': environment.data,
    'bin_dir': f'{BINARIES}/{version}/bin',
    'authentication': {
      'superuser': account(environment, 'SUPERUSER', 'postgres', 'zalando'),
      'replication': account(environment, 'STANDBY', 'standby', 'standby'),
    },
    'parameters': parameters(environment, version, certificate),
    'pg_hba': access_rules(environment),
    'create_replica_methods': ['basebackup_fast_xlog'],
    'basebackup_fast_xlog': {'command': shlex.join(['/scripts/basebackup.sh', *unsynced]), 'retries': 2},
    'callbacks': {'on_role_change': f'/scripts/on_role_change.sh {shlex.quote(human_role(environment))} true'},
  }


def account(environment, which, name, password):
  return {
    'username': environment.text(f'PGUSER_{which}', name),
    'password': environment.text(f'PGPASSWORD_{which}', password),
  }


def parameters(environment, version, certificate):
  libraries = f'{BINARIES}/{version}/lib'
  local = {
    'archive_command': '/bin/true',
    'shared_buffers': f'{memory_bytes() // MEBIBYTE // 5}MB',
    'logging_collector': 'on',
    'log_destination': 'csvlog',
    'log_directory': '../pg_log',
    'log_filename': 'postgresql-%u.log',
    'log_file_mode': '0644',
    'log_rotation_age': '1d',
    'log_truncate_on_rotation': 'on',
    'ssl': 'on',
    'shared_preload_libraries': ','.join(name for name in PRELOADED if os.path.exists(f'{libraries}/{name}.so')),
    # Without it pg_cron connects by TCP and would need a password.
    'cron.use_background_workers': 'on',
  }
  local.update(certificate)
  if not environment.durable:
    local['fsync'] = 'off'
  return local


def access_rules(environment):
  """pg_hba.conf, in the order that the contract gives. `md5` also lets scram passwords in."""
  replication = environment.text('PGUSER_STANDBY', 'standby')
  people = human_role(environment)
  pam = environment.text('PAM_OAUTH2').startswith('https://')
  plain = environment.flag('ALLOW_NOSSL')
  encrypted = 'host' if plain else 'hostssl'
  return [
    'local all all trust',
    *([f'hostssl all +{people} 127.0.0.1/32 pam', f'hostssl all +{people} ::1/128 pam'] if pam else []),
    'host all all 127.0.0.1/32 md5',
    'host all all ::1/128 md5',
    f'local replication {replication} trust',
    f'{encrypted} replication {replication} all md5',
    *([] if plain else ['hostnossl all all all reject']),
    *([f'hostssl all +{people} all pam'] if pam else []),
    f'{encrypted} all all all md5',
  ]
