package io.fermata.runtime.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a configuration property on a record component: what it means and what it is when nobody
 * sets it. The reference page and the error messages are made from these declarations.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Property {

  /** The name inside its section; the component's own name when empty. */
  String name() default "";

  /** What it means, with its unit, in one or two sentences. */
  String doc();

  /** As it would be written in the file; entries of a list are separated by commas. */
  String defaultValue() default "";

  /** The least number allowed. */
  long atLeast() default Long.MIN_VALUE;

  /** The allowed texts; empty means any. */
  String[] oneOf() default {};
}
