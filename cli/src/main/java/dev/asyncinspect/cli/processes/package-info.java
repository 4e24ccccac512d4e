/** Processes of this machine: a command that we run, and what it starts. */
@NullMarked
package dev.asyncinspect.cli.processes;

import org.jspecify.annotations.NullMarked;
