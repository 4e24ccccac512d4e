/** The command line: what a person types, and the texts that answer. */
@NullMarked
package dev.asyncinspect.cli;

import org.jspecify.annotations.NullMarked;
