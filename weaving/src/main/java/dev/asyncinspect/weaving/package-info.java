/** What integrations write their hooks against: match, verify, insert, undo, count errors. */
@NullMarked
package dev.asyncinspect.weaving;

import org.jspecify.annotations.NullMarked;
