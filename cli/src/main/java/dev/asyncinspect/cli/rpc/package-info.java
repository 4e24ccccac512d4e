/** JSON-RPC over a pair of streams, one message a line: what keeps a broken line from breaking the conversation. */
@NullMarked
package dev.asyncinspect.cli.rpc;

import org.jspecify.annotations.NullMarked;
