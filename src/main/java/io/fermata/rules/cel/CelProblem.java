package io.fermata.rules.cel;

/**
 * What is wrong with an expression.
 *
 * @param line line in the expression, from 1
 * @param column column in the expression, from 1
 */
public record CelProblem(int line, int column, String message) {}
