/** For tests: the JDKs of this machine and programs running on them. */
@NullMarked
package dev.asyncinspect.testkit;

import org.jspecify.annotations.NullMarked;
