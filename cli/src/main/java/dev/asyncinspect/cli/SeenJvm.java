package dev.asyncinspect.cli;

import dev.asyncinspect.sources.JvmProcess;

/**
 * A live JVM and what is wrong with it.
 *
 * @param jvm which
 * @param diagnosis what was seen of it, and what is wrong
 */
record SeenJvm(JvmProcess jvm, Diagnosis diagnosis) {}
