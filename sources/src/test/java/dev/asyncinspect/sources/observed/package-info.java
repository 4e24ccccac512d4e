/** What runs inside the JVMs that the tests look at: nothing of ours, and no library. */
@NullMarked
package dev.asyncinspect.sources.observed;

import org.jspecify.annotations.NullMarked;
