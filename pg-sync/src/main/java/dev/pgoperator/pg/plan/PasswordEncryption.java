package dev.pgoperator.pg.plan;

import java.util.Locale;

/** How the server is to store passwords: its parameter {@code password_encryption}. */
public enum PasswordEncryption {
  /** {@code scram-sha-256}, RFC 7677. */
  SCRAM_SHA_256,
  /** {@code md5}, deprecated by PostgreSQL 18 but still in clusters that carry it on. */
  MD5;

  /** Reads the parameter's value; anything but {@code md5} means SCRAM, as the reference does. */
  public static PasswordEncryption of(String value) {
    return value.strip().toLowerCase(Locale.ROOT).equals("md5") ? MD5 : SCRAM_SHA_256;
  }
}
