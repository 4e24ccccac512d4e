@NullMarked
package dev.asyncinspect.weaving.internal;

import org.jspecify.annotations.NullMarked;
