/** What a watch does with what it sees: whom it tells how often, and what it keeps. Knows nothing of findings. */
@NullMarked
package dev.asyncinspect.cli.watch;

import org.jspecify.annotations.NullMarked;
