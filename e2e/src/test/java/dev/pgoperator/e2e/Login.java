package dev.pgoperator.e2e;

/** Who to be in a database; never shows the password. */
record Login(String user, String password, String database) {

  Login in(String otherDatabase) {
    return new Login(user, password, otherDatabase);
  }

  @Override
  public String toString() {
    return user + " in " + database;
  }
}
