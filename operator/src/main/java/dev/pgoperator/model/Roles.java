package dev.pgoperator.model;

import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which roles a cluster should have (behaviour.md §3). */
public final class Roles {

  private Roles() {}

  /** All roles of a cluster. */
  public static RoleSet of(Blueprint b) {
    List<RoleDefinition> system = SystemRoles.of(b);
    Set<String> reserved = new HashSet<>(b.config().roles().system().protectedNames());
    system.forEach(r -> reserved.add(r.name()));
    List<RoleNote> notes = new ArrayList<>(PreparedRoles.notes(b));
    Map<String, RoleDefinition> byName = new TreeMap<>();
    PreparedRoles.of(b).forEach(r -> byName.put(r.name(), r));
    List<RoleDefinition> contenders = new ArrayList<>(b.sources().definitions(b));
    contenders.addAll(fromManifest(b));
    for (RoleDefinition role : contenders) {
      if (reserved.contains(role.name())) {
        notes.add(new RoleNote.ReservedName(role.name(), role.origin()));
      } else {
        claim(byName, role, notes);
      }
    }
    List<RoleDefinition> all = new ArrayList<>(system);
    byName.values().stream()
        .filter(r -> !isSystem(system, r))
        .forEach(r -> all.add(withOwnerRoles(b, r)));
    return new RoleSet(all, notes);
  }

  private static boolean isSystem(List<RoleDefinition> system, RoleDefinition role) {
    return system.stream().anyMatch(s -> s.name().equals(role.name()));
  }

  private static void claim(
      Map<String, RoleDefinition> byName, RoleDefinition role, List<RoleNote> notes) {
    RoleDefinition before = byName.get(role.name());
    if (before == null) {
      byName.put(role.name(), role);
      return;
    }
    boolean wins = role.origin().compareTo(before.origin()) >= 0;
    RoleDefinition winner = wins ? role : before;
    RoleDefinition loser = wins ? before : role;
    byName.put(role.name(), winner);
    notes.add(new RoleNote.Overridden(role.name(), loser.origin(), winner.origin()));
  }

  private static RoleDefinition withOwnerRoles(Blueprint b, RoleDefinition role) {
    return role.standing().ownsDatabases()
        ? role.alsoMemberOf(b.config().roles().system().additionalOwnerRoles())
        : role;
  }

  private static List<RoleDefinition> fromManifest(Blueprint b) {
    List<RoleDefinition> roles = new ArrayList<>();
    b.spec().access().users().forEach((name, flags) -> roles.add(fromManifest(b, name, flags)));
    return roles;
  }

  private static RoleDefinition fromManifest(Blueprint b, String name, List<String> flags) {
    var admin = b.config().roles().admin();
    boolean owner = b.spec().access().databases().containsValue(name);
    Standing standing = new Standing(List.of(), admin.forUsers() ? admin.role() : "", owner);
    RoleCredential credential =
        new RoleCredential(
            name, Names.secret(b.config(), b.name(), name), secretNamespace(b, name));
    // A role without login has a secret, too: users have relied on it, whatever it may be good for.
    return new RoleDefinition(
        name,
        RoleOrigin.MANIFEST,
        RoleFlags.normalized(flags),
        standing,
        Map.of(),
        Optional.of(credential));
  }

  private static String secretNamespace(Blueprint b, String name) {
    int dot = name.indexOf('.');
    boolean elsewhere = dot > 0 && b.config().roles().infrastructure().crossNamespaceSecrets();
    return elsewhere ? name.substring(0, dot) : b.namespace();
  }
}
