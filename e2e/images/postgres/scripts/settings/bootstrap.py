"""What holds from the first start on: the dynamic configuration, initdb, and where the first data comes from."""
import shlex

from .environment import ConfigurationError, memory_bytes
from .files import write_for_postgres

MEBIBYTE = 1024 * 1024


def bootstrap(environment):
  """Patroni's `bootstrap` section."""
  section = {
    'dcs': dynamic(environment),
    'initdb': [{'encoding': 'UTF8'}, {'locale': environment.text('INITDB_LOCALE', 'en_US') + '.UTF-8'}, 'data-checksums'],
    'post_init': f'/scripts/post_init.sh {shlex.quote(human_role(environment))}',
  }
  section.update(clone(environment))
  return section


def human_role(environment):
  return environment.text('HUMAN_ROLE', 'zalandos')


def dynamic(environment):
  connections = min(1000, max(100, memory_bytes() // MEBIBYTE // 30))
  section = {
    'ttl': 30,
    'loop_wait': 10,
    'retry_timeout': 10,
    'maximum_lag_on_failover': 33554432,
    'postgresql': {
      'use_pg_rewind': True,
      'use_slots': True,
      'parameters': {
        'archive_mode': 'on',
        'archive_timeout': '1800s',
        'autovacuum_analyze_scale_factor': 0.02,
        'autovacuum_max_workers': 5,
        'autovacuum_vacuum_scale_factor': 0.05,
        'checkpoint_completion_target': 0.9,
        'hot_standby': 'on',
        'log_autovacuum_min_duration': 0,
        'log_checkpoints': 'on',
        'log_connections': 'on',
        'log_disconnections': 'on',
        'log_line_prefix': '%t [%p]: [%l-1] %c %x %d %u %a %h ',
        'log_lock_waits': 'on',
        'log_min_duration_statement': 500,
        'log_statement': 'ddl',
        'log_temp_files': 0,
        'max_connections': connections,
        'max_replication_slots': 10,
        'max_wal_senders': 10,
        'tcp_keepalives_idle': 900,
        'tcp_keepalives_interval': 100,
        'track_functions': 'all',
        'wal_compression': 'on',
        'wal_level': 'hot_standby',
        'wal_log_hints': 'on',
      },
    },
  }
  standby = standby_cluster(environment)
  return {**section, 'standby_cluster': standby} if standby else section


def standby_cluster(environment):
  """The cluster that this one follows, or None."""
  if environment.text('STANDBY_METHOD') == 'STANDBY_WITH_WALE':
    raise ConfigurationError('this image has no WAL-G: STANDBY_METHOD=STANDBY_WITH_WALE is not possible')
  if not environment.text('STANDBY_HOST'):
    return None
  section = {
    'host': environment.text('STANDBY_HOST'),
    'port': int(environment.text('STANDBY_PORT', '5432')),
    'create_replica_methods': ['basebackup_fast_xlog'],
  }
  if environment.text('STANDBY_PRIMARY_SLOT_NAME'):
    section['primary_slot_name'] = environment.text('STANDBY_PRIMARY_SLOT_NAME')
  return section


def clone(environment):
  """The keys that make Patroni copy another cluster's data in place of an initdb. Empty when there is none to copy."""
  method = environment.text('CLONE_METHOD')
  if not method:
    return {}
  if method != 'CLONE_WITH_BASEBACKUP':
    raise ConfigurationError(f'this image has no WAL-G: CLONE_METHOD={method} is not possible')
  host, port = environment.text('CLONE_HOST'), environment.text('CLONE_PORT', '5432')
  user = environment.text('CLONE_USER', 'standby')
  passfile = f'{environment.home}/.pgpass_{environment.text("CLONE_SCOPE", "source")}'
  fields = (host, port, '*', user, environment.text('CLONE_PASSWORD'))
  write_for_postgres(passfile, ':'.join(part.replace('\\', '\\\\').replace(':', '\\:') for part in fields) + '\n')
  command = ['/scripts/clone_with_basebackup.py', f'--host={host}', f'--port={port}', f'--user={user}', f'--pgpass={passfile}']
  return {
    'method': 'clone_with_basebackup',
    'clone_with_basebackup': {'command': shlex.join(command)},
  }
