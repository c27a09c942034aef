"""The leader's part of a major upgrade, in the order of the contract. Replicas are copied anew, where Spilo sends them the difference."""
import logging
import os
import subprocess

import psycopg2

from . import checks
from .instance import kill_patroni, remove
from .member import Member, UpgradeFailed, await_true

log = logging.getLogger('inplace_upgrade')


class LeaderUpgrade:
  """One attempt. Until the folders are switched, a failure leaves the old cluster running."""

  def __init__(self, instance, version):
    self._instance = instance
    self._version = version
    self._old = instance.version()
    self._new_data = instance.beside('data_new')
    self._old_data = instance.beside('data_old')
    self._workspace = instance.beside('data_upgrade')
    self._leader = Member('localhost')
    self._paused = False
    self._switched = False

  def run(self, expected_members):
    replicas = checks.replicas(self._instance, self._leader, expected_members)
    log.info('upgrading from %s to %s with %s replicas', self._old, self._version, len(replicas))
    try:
      self._prepare()
      self._pg_upgrade('--check')
      self._drop_own_objects()
      self._pause(replicas)
      for replica in replicas:
        self._call_replica(replica)
      self._move_data()
      self._start_upgraded()
      self._freshen()
      self._await_emptied(replicas)
    finally:
      self._resume()
    self._await_streaming(replicas)
    for folder in (self._old_data, self._workspace):
      remove(folder)
    log.info('Upgrade to PostgreSQL %s completed for all %s members of the cluster', self._version, expected_members)

  def _prepare(self):
    """An empty cluster of the new version, of the same shape as the old one."""
    for folder in (self._new_data, self._workspace):
      remove(folder)
    os.mkdir(self._workspace)
    collate, ctype, encoding, checksums = self._instance.query(
      "SELECT datcollate, datctype, pg_encoding_to_char(encoding), current_setting('data_checksums')"
      " FROM pg_database WHERE datname = 'template1'")[0]
    switch = []
    if checksums == 'on':
      switch = ['--data-checksums']
    elif self._version >= 18:   # from 18 on they are there unless refused
      switch = ['--no-data-checksums']
    self._instance.run(
      self._instance.program('initdb', self._version), '-D', self._new_data, '-U', self._instance.superuser['username'],
      f'--lc-collate={collate}', f'--lc-ctype={ctype}', f'--encoding={encoding}', '--auth-local=trust',
      '--auth-host=scram-sha-256', '--no-sync', *switch)

  def _pg_upgrade(self, mode):
    if not hasattr(self, '_server_options'):
      # Read while the server runs: libraries that must be loaded, and room for slots that move along.
      names = ('shared_preload_libraries', 'wal_level', 'max_replication_slots')
      values = [self._instance.query(f'SHOW {name}')[0][0].replace(' ', '') for name in names]
      self._server_options = ' '.join(f'-c {name}={value}' for name, value in zip(names, values))
    self._instance.run(
      self._instance.program('pg_upgrade', self._version), mode, '--link', '-U', self._instance.superuser['username'],
      '-b', os.path.dirname(self._instance.program('', self._old)), '-B', os.path.dirname(self._instance.program('', self._version)),
      '-d', self._instance.data, '-D', self._new_data, '-O', self._server_options, cwd=self._workspace)

  def _drop_own_objects(self):
    """What post_init made on top of an extension's views would block the extension's update; post_init makes it again."""
    for database in self._instance.databases():
      self._instance.query('DROP SCHEMA IF EXISTS metric_helpers CASCADE', database=database)

  def _pause(self, replicas):
    log.info('pausing the cluster')
    self._paused = True
    self._leader.pause(True)
    for member in (self._leader, *replicas):
      if not await_true(lambda: member.status().get('pause'), 60):
        raise UpgradeFailed(f'member {member.address} takes no notice of the pause')

  def _call_replica(self, replica):
    connection = self._instance.connect(host=replica.address)
    command = f'/usr/bin/python3 /scripts/inplace_upgrade.py {self._version} {self._instance.address()} {connection.info.backend_pid}'
    try:
      connection.cursor().execute('COPY (SELECT) TO PROGRAM %s', (command,))
    except psycopg2.Error as error:
      raise UpgradeFailed(f'replica {replica.address} could not be prepared: {str(error).strip()}') from None
    finally:
      connection.close()

  def _move_data(self):
    self._instance.query('CHECKPOINT')
    self._instance.stop('fast')
    try:
      self._pg_upgrade('--no-sync')
    except UpgradeFailed:
      self._bring_back()
      raise
    os.rename(self._instance.data, self._old_data)
    os.rename(self._new_data, self._instance.data)
    self._switched = True

  def _bring_back(self):
    """pg_upgrade takes the old cluster's control file away before it links; the new one never ran, so the old may go on."""
    control = os.path.join(self._instance.data, 'global', 'pg_control')
    if os.path.exists(f'{control}.old') and not os.path.exists(control):
      os.rename(f'{control}.old', control)
    self._leader.restart()

  def _start_upgraded(self):
    """Patroni must forget the old system identifier, or it would call the upgraded data a stranger's."""
    self._instance.use_version(self._version)
    store = self._instance.state_store()
    store.get_cluster()
    if not store.cancel_initialization():
      raise UpgradeFailed('the initialize key could not be removed')
    kill_patroni()
    if not await_true(lambda: self._leader.status().get('pause'), 60):
      raise UpgradeFailed('Patroni did not come back')
    self._leader.restart()

    def leads():
      status = self._leader.status()
      return status.get('role') in ('primary', 'master') and status.get('server_version', 0) // 10000 == self._version

    if not await_true(leads, 60):
      raise UpgradeFailed(f'PostgreSQL {self._version} did not become primary')

  def _freshen(self):
    for database in self._instance.databases():
      for name, in self._instance.query(
          'SELECT quote_ident(extname) FROM pg_extension JOIN pg_available_extensions ON name = extname WHERE extversion <> default_version',
          database=database):
        log.info('updating extension %s in %s', name, database)
        self._instance.query(f'ALTER EXTENSION {name} UPDATE', database=database)
    user = self._instance.superuser['username']
    self._instance.run(self._instance.program('vacuumdb'), '-h', '/run/postgresql', '-U', user, '--all', '--analyze-only', '--quiet')
    human_role = os.environ.get('HUMAN_ROLE') or 'zalandos'
    subprocess.run(['/scripts/post_init.sh', human_role, f'host=/run/postgresql user={user} dbname=postgres'], check=True)

  def _await_emptied(self, replicas):
    for replica in replicas:
      if not await_true(lambda: replica.status().get('role') == 'uninitialized', 120):
        log.error('replica %s has not made room for a new copy', replica.address)

  def _resume(self):
    if not self._switched:
      remove(self._new_data)
    if self._paused:
      log.info('resuming the cluster')
      self._leader.pause(False)

  def _await_streaming(self, replicas):
    for replica in replicas:
      if not await_true(lambda: replica.status().get('replication_state') == 'streaming', 300):
        log.error('replica %s does not stream yet; Patroni goes on trying', replica.address)
