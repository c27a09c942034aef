package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, http://10.0.0.7:8008",
    "fd00::7, http://[fd00::7]:8008",
    "[fd00::7], http://[fd00::7]:8008",
    "demo-0.demo.svc, http://demo-0.demo.svc:8008"
  })
  void writesTheUrlAsPatroniListens(String host, String url) {
    assertThat(MemberAddress.of(host).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "user@host", "host\r\nX: y", "http://host"})
  void refusesWhatIsNoHost(String host) {
    assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.of(host));
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MemberAddress("10.0.0.7", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MemberAddress("10.0.0.7", 65536));
  }
}
