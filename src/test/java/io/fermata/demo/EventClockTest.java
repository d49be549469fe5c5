package io.fermata.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventClockTest {

  private static final long WALL = 1_000_000;

  private long elapsedMillis;

  private EventClock clock(long start, double speed) {
    return new EventClock(
        start, speed, () -> WALL + elapsedMillis, () -> elapsedMillis * 1_000_000);
  }

  @Test
  void shouldRunAtItsSpeed() {
    EventClock clock = clock(0, 100);
    assertThat(clock.now()).isZero();
    assertThat(clock.until(500)).isEqualTo(Duration.ofMillis(5));
    elapsedMillis = 5;
    assertThat(clock.now()).isEqualTo(500);
    assertThat(clock.until(500)).isZero();
    assertThat(clock.until(400)).isZero();
    assertThat(clock.hasCaughtUp()).isFalse();
  }

  @Test
  void shouldGoOnInRealTimeWhenItHasCaughtUp() {
    EventClock clock = clock(WALL - 1_000, 100);
    elapsedMillis = 50;
    assertThat(clock.now()).isEqualTo(WALL + 50);
    assertThat(clock.hasCaughtUp()).isTrue();
    assertThat(clock.until(WALL + 60)).isEqualTo(Duration.ofMillis(10));
    elapsedMillis = 60;
    assertThat(clock.now()).isEqualTo(WALL + 60);
  }

  @Test
  void shouldWaitForTheWallClockWhenAnEventIsBeyondIt() {
    EventClock clock = clock(WALL - 1_000, 100);
    assertThat(clock.until(WALL + 700)).isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void shouldGoOnFromWhereItIsHeldBack() {
    EventClock clock = clock(0, 100);
    elapsedMillis = 50;
    clock.holdBack(2_000);
    assertThat(clock.now()).isEqualTo(2_000);
    elapsedMillis = 51;
    assertThat(clock.now()).isEqualTo(2_100);
    clock.holdBack(9_999);
    assertThat(clock.now()).isEqualTo(2_100);
  }
}
