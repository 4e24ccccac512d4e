/**
 * The API for a program that wants to be seen: name work, points and awaits, ask what every task does. Nothing here needs the agent, and
 * nothing costs more than a read of a field while the recorder is off.
 */
@NullMarked
package dev.asyncinspect.core;

import org.jspecify.annotations.NullMarked;
