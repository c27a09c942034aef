package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as Kubernetes writes quantities: {@code 500m}, {@code 1.5}, {@code 10Gi}, {@code 1e3}.
 */
final class Amount {

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))(?:[eE]([+-]?\\d{1,2})|([KMGTPE]i|[numkKMGTPE]))?");
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "K", 3, "M", 6, "G", 9, "T", 12, "P", 15);
  private static final String BINARY = "KMGTPE";
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  /** Of whole numbers that surely have room for the largest unit that is read the short way. */
  private static final int SHORT = 9;

  private Amount() {}

  /** Its value; zero for a text that is not a quantity, which decoding has already reported. */
  static BigDecimal of(String text) {
    long whole = whole(text);
    if (whole >= 0) {
      return BigDecimal.valueOf(whole);
    }
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return BigDecimal.ZERO;
    }
    BigDecimal number = new BigDecimal(m.group(1));
    if (m.group(2) != null) {
      return number.scaleByPowerOfTen(Integer.parseInt(m.group(2)));
    }
    String unit = m.group(3);
    if (unit == null) {
      return number;
    }
    if (unit.endsWith("i")) {
      return number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(unit.charAt(0)) + 1));
    }
    return number.scaleByPowerOfTen(DECIMAL.getOrDefault(unit, 18));
  }

  /**
   * The same number always gives the same text, in the largest binary unit that it is a multiple
   * of: {@code 2147483648} and {@code 2048Mi} are {@code 2Gi}.
   */
  static String canonical(String text) {
    long whole = whole(text);
    if (whole >= 0) {
      return canonical(whole);
    }
    if (!FORM.matcher(text).matches()) {
      return text;
    }
    BigDecimal number = of(text);
    String unit = "";
    for (int i = 0; i < BINARY.length() && isMultiple(number); i++) {
      number = number.divide(KIBI);
      unit = BINARY.charAt(i) + "i";
    }
    return number.stripTrailingZeros().toPlainString() + unit;
  }

  /** The text of the storage among amounts of resources; empty when there is none. */
  static Optional<String> storage(@Nullable Map<String, Quantity> amounts) {
    return Optional.ofNullable(amounts)
        .flatMap(known -> Optional.ofNullable(known.get("storage")))
        .map(Quantity::toString);
  }

  private static String canonical(long number) {
    long rest = number;
    int unit = -1;
    while (rest != 0 && rest % 1024 == 0 && unit < BINARY.length() - 1) {
      rest /= 1024;
      unit++;
    }
    return unit < 0 ? Long.toString(rest) : rest + BINARY.substring(unit, unit + 1) + "i";
  }

  /**
   * The value of the commonest forms, such as {@code 2} and {@code 512Mi}, which costs a twentieth
   * of what all forms together need; negative for any other.
   */
  private static long whole(String text) {
    int digits = digits(text);
    if (digits == 0 || digits > SHORT) {
      return -1;
    }
    long number = number(text, digits);
    if (digits == text.length()) {
      return number;
    }
    int unit = "KMG".indexOf(text.charAt(digits));
    boolean isBinary = unit >= 0 && text.length() == digits + 2 && text.charAt(digits + 1) == 'i';
    return isBinary ? number << (10 * (unit + 1)) : -1;
  }

  /** How many digits it begins with. */
  private static int digits(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static long number(String text, int digits) {
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isMultiple(BigDecimal number) {
    return number.signum() != 0 && number.remainder(KIBI).signum() == 0;
  }
}
