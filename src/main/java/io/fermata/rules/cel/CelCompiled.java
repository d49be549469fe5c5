package io.fermata.rules.cel;

import dev.cel.common.CelAbstractSyntaxTree;

/** A checked expression and its closures. */
record CelCompiled(CelAbstractSyntaxTree tree, Node node) {}
