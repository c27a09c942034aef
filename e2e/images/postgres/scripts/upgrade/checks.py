"""What must be true before anything is touched. Each check names what is wrong."""
from .member import Member, UpgradeFailed

MAXIMUM_LAG_BYTES = 16 * 1024 * 1024


def replicas(instance, leader, expected_members):
  """The other members, after everything about them and this one was found in order."""
  own = leader.status()
  if own.get('state') != 'running' or own.get('role') not in ('primary', 'master'):
    raise UpgradeFailed('PostgreSQL is not running as primary here')
  cluster = leader.cluster()
  members = cluster['members']
  if len(members) != expected_members:
    raise UpgradeFailed(f'number of replicas does not match ({expected_members - 1} expected, {len(members) - 1} found)')
  if cluster.get('pause'):
    raise UpgradeFailed('the cluster is paused')
  if not any(member['name'] == instance.name and member['role'] == 'leader' for member in members):
    raise UpgradeFailed('this member does not hold the leader lock')
  others = [member for member in members if member['name'] != instance.name]
  lags = dict(instance.query(
    "SELECT application_name, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint FROM pg_stat_replication WHERE state = 'streaming'"))
  for member in others:
    check_replica(instance, member, lags.get(member['name']))
  return [Member(member['host']) for member in others]


def check_replica(instance, member, lag):
  name = member['name']
  if lag is None:
    raise UpgradeFailed(f'replica {name} is not streaming from here')
  if lag > MAXIMUM_LAG_BYTES:
    raise UpgradeFailed(f'replica {name} is {lag} bytes behind, more than {MAXIMUM_LAG_BYTES}')
  if Member(member['host']).status().get('state') not in ('running', 'streaming'):
    raise UpgradeFailed(f'Patroni of replica {name} does not report a running PostgreSQL')
  if not instance.query('SELECT pg_is_in_recovery()', host=member['host'])[0][0]:
    raise UpgradeFailed(f'member {name} is not in recovery')
