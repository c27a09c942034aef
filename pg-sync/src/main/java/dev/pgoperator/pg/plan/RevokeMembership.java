package dev.pgoperator.pg.plan;

import java.util.List;

/** Ends a membership that stands in the way of the opposite one. */
public record RevokeMembership(RoleName role, RoleName group) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return group.quoted() + " is to be a member of it, not the other way round";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("REVOKE " + group.quoted() + " FROM " + role.quoted()),
        Statement.of("DO " + Sql.literal(ofOthers())));
  }

  /**
   * From PostgreSQL 16 on there is a membership for each role that granted it, and {@code REVOKE}
   * takes away that of one grantor only (its documentation, under Notes). Nothing is left for this
   * loop on older servers.
   */
  private String ofOthers() {
    return """

        DECLARE grantor pg_catalog.name;
        BEGIN
          FOR grantor IN
            SELECT g.rolname
              FROM pg_catalog.pg_auth_members m
              JOIN pg_catalog.pg_authid g ON g.oid OPERATOR(pg_catalog.=) m.grantor
             WHERE m.roleid OPERATOR(pg_catalog.=) (SELECT r.oid FROM pg_catalog.pg_authid r
                    WHERE r.rolname OPERATOR(pg_catalog.=) %1$s)
               AND m.member OPERATOR(pg_catalog.=) (SELECT r.oid FROM pg_catalog.pg_authid r
                    WHERE r.rolname OPERATOR(pg_catalog.=) %2$s)
          LOOP
            EXECUTE pg_catalog.format('REVOKE %%I FROM %%I GRANTED BY %%I', %1$s, %2$s, grantor);
          END LOOP;
        END
        """
        .formatted(Sql.literal(group.value()), Sql.literal(role.value()));
  }
}
