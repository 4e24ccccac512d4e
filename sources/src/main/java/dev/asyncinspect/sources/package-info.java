/** Readers: what turns a dump, a live JVM or a class file into snapshots. */
@NullMarked
package dev.asyncinspect.sources;

import org.jspecify.annotations.NullMarked;
