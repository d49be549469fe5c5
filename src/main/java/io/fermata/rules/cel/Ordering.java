package io.fermata.rules.cel;

/** The four comparisons, as the signs of a comparison that they accept. */
enum Ordering {
  LESS(true, false, false),
  LESS_OR_EQUAL(true, true, false),
  GREATER(false, false, true),
  GREATER_OR_EQUAL(false, true, true);

  private final boolean below;
  private final boolean equal;
  private final boolean above;

  Ordering(boolean below, boolean equal, boolean above) {
    this.below = below;
    this.equal = equal;
    this.above = above;
  }

  /** A {@link Truth} for a result of {@link Values#compare}. */
  int test(int comparison) {
    return switch (comparison) {
      case -1 -> Truth.of(below);
      case 0 -> Truth.of(equal);
      case 1 -> Truth.of(above);
      case Values.UNORDERED -> Truth.FALSE;
      default -> Truth.FAILURE;
    };
  }

  /** The comparison that says the same with the sides exchanged. */
  Ordering swapped() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }
}
