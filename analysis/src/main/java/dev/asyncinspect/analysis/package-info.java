/** Findings: what is wrong in a history of snapshots, how sure that is, and why. */
@NullMarked
package dev.asyncinspect.analysis;

import org.jspecify.annotations.NullMarked;
