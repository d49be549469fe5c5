package io.fermata.rules.cel;

import io.fermata.model.Touchpoint;

/** A node of type bool, in three-valued logic without boxing. */
interface Truth extends Node {

  int FALSE = 0;
  int TRUE = 1;
  int FAILURE = 2;

  int test(Touchpoint touchpoint);

  @Override
  default Object eval(Touchpoint touchpoint) {
    int result = test(touchpoint);
    return result == FAILURE ? FAILED : (Object) (result == TRUE);
  }

  static int of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** A node of any type as a condition; what is not a bool fails. */
  static Truth from(Node node) {
    if (node instanceof Truth truth) {
      return truth;
    }
    return touchpoint -> node.eval(touchpoint) instanceof Boolean value ? of(value) : FAILURE;
  }

  /** CEL's and: false wins over a failure, whatever the order. */
  static Truth and(Truth[] parts) {
    return touchpoint -> {
      int result = TRUE;
      for (Truth part : parts) {
        int one = part.test(touchpoint);
        if (one == FALSE) {
          return FALSE;
        }
        result |= one;
      }
      return result > TRUE ? FAILURE : TRUE;
    };
  }

  /** CEL's or: true wins over a failure, whatever the order. */
  static Truth or(Truth[] parts) {
    return touchpoint -> {
      int result = FALSE;
      for (Truth part : parts) {
        int one = part.test(touchpoint);
        if (one == TRUE) {
          return TRUE;
        }
        result |= one;
      }
      return result;
    };
  }

  static Truth not(Truth truth) {
    return touchpoint -> {
      int result = truth.test(touchpoint);
      return result == FAILURE ? FAILURE : 1 - result;
    };
  }
}
