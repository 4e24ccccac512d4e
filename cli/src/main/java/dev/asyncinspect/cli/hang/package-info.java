/** Whether the JVMs of a command move, and which threads run its tests. */
@NullMarked
package dev.asyncinspect.cli.hang;

import org.jspecify.annotations.NullMarked;
