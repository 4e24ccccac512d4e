package dev.asyncinspect.core.wire;

/**
 * The layout of the bytes on the link, version 1. The writer and the reader take every id, order and limit from here.
 *
 * <pre>
 *  stream  := frame*                       in both directions; the first frame of an agent is HELLO
 *  frame   := length:uint  type:octet  body
 *  length  counts type and body; 1 .. MAX_FRAME_BYTES
 *
 *  uint    LEB128: 7 bits an octet, lowest first, high bit = more follow; at most 10 octets (64 bits)
 *  sint    zigzag as uint: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...
 *  int32   an int as its 32 bits in a uint
 *  text    uint length in octets, then UTF-8
 *  fixed64 8 octets, highest first
 *  symbol  uint: 0 = null, k = the k-th SYMBOL since the stream began or since the last FORGET
 *
 *  type  name      body                                                              from
 *  ----  --------  ----------------------------------------------------------------  ------
 *     1  HELLO     magic:uint version:uint release:text pid:uint jvm:text            agent
 *                  n:uint n*capability:text
 *     2  PROBLEM   line:text                                                         agent
 *     3  SYMBOL    the UTF-8 octets of the next symbol, up to the end of the frame   agent
 *     4  FORGET    (empty) all symbols so far are void                               agent
 *    16  BEGIN     sample:int32 epochMillis:sint                                     agent
 *    17  END       sample:int32 threads:int32 tookNanos:sint droppedRows:sint        agent
 *    18  STACK     stackId:int32 n:uint n*(loader module moduleVersion class         agent
 *                  method file: 6*symbol, line:sint)
 *    19  THREAD    threadId:uint name:text flags:octet state:symbol carrier:uint     agent
 *                  container:int32 blocker:int32 stackId:int32
 *                  flags: 1 = virtual, 2 = daemon
 *    20  OBJECT    ref:int32 class:symbol                                            agent
 *    21  NUMBER    ref:int32 relation:symbol value:sint                              agent
 *    22  TEXT      ref:int32 relation:symbol value:text                              agent
 *    23  OBJLINK   ref:int32 relation:symbol other:int32                             agent
 *    24  THRLINK   ref:int32 relation:symbol threadId:uint                           agent
 *    25  NOTSEEN   what:text reason:text                                             agent
 *    32  STATE     on:octet events:uint dropped:uint detail:text untold:uint         agent
 *                  settings:text; the last two, or the last, left out if there are none
 *    33  HOOK      name:text where:text status:text detail:text places:int32         agent
 *                  failures:uint
 *    34  EVTSYM    symbol:int32 text:text  text of a symbol in events                agent
 *    35  EVENTS    (head:fixed64 nanos:sint taskId:uint argument:sint)* up to the endagent
 *                  the frame; nanos as the difference to the event before
 *    36  EVTEND    next:uint missed:uint dropped:uint                                agent
 *    64  SAMPLE    maxRows:int32 flags:octet maxStackDepth:int32                     client
 *                  flags: 1 = stacks
 *    65  DETACH    (empty)                                                           client
 *    66  RECORD    bits:octet settings:text                                          client
 *                  bits: 1 = on, 2 = with the lines that submit tasks, where the agent can "record-sites"
 *                  4 = with who takes locks ("record-locks"), 8 = with keys of logging contexts ("record-context")
 *                  settings, left out if there are none: as options of the agent ("record-settings")
 *    67  ASKSTATE  (empty)                                                           client
 *    68  TAKEEVTS  from:uint max:int32                                               client
 * </pre>
 *
 * <p>How it grows: a reader passes over types it does not know and over octets behind the fields it knows, so a new type
 * or a field appended to a body is no new version. Symbols are defined in frames of their own, never inside another one,
 * so that a frame can be passed over without losing a definition. Anything else is a new {@link #VERSION}. The first
 * three fields of HELLO stay for ever, so that every version can say which one it would need. A client speaks the
 * version of the agent if it knows it; an agent knows its own version only.
 */
final class WireLayout {

    static final int VERSION = 1;

    /** First field of HELLO: the letters {@code AIRW}, so that no other protocol is taken for ours. */
    static final int MAGIC = 0x41495257;

    static final int HELLO = 1;
    static final int PROBLEM = 2;
    static final int SYMBOL = 3;
    static final int FORGET = 4;

    static final int BEGIN = 16;
    static final int END = 17;
    static final int STACK = 18;
    static final int THREAD = 19;
    static final int OBJECT = 20;
    static final int NUMBER = 21;
    static final int TEXT = 22;
    static final int OBJECT_LINK = 23;
    static final int THREAD_LINK = 24;
    static final int NOT_SEEN = 25;

    static final int STATE = 32;
    static final int HOOK = 33;
    static final int EVENT_SYMBOL = 34;
    static final int EVENTS = 35;
    static final int EVENTS_END = 36;

    static final int SAMPLE = 64;
    static final int DETACH = 65;
    static final int RECORD = 66;
    static final int RECORD_ON = 1;
    static final int RECORD_SITES = 2;
    static final int RECORD_LOCKS = 4;
    static final int RECORD_CONTEXT = 8;
    static final int ASK_STATE = 67;
    static final int TAKE_EVENTS = 68;

    static final int FLAG_VIRTUAL = 1;
    static final int FLAG_DAEMON = 2;

    static final int FLAG_STACKS = 1;
    static final int FLAG_MONITORS = 2;

    /** Larger than the largest frame that the limits below allow. */
    static final int MAX_FRAME_BYTES = 64 * 1024;

    /** Orders are small: an agent never takes in more than this at once. */
    static final int MAX_ORDER_FRAME_BYTES = 1024;

    /** Longer texts are cut by the writer; a char takes at most {@link #MAX_BYTES_PER_CHAR} octets. */
    static final int MAX_TEXT_CHARS = 4096;

    static final int MAX_SYMBOL_CHARS = 1024;

    static final int MAX_BYTES_PER_CHAR = 3;

    /** Frames of one stack; as many as HotSpot itself keeps of a stack by default. */
    static final int MAX_STACK_DEPTH = 1024;

    static final int SYMBOLS_PER_FRAME = 6;

    /** A stack frame has six symbols and a line number, one octet each at least. */
    static final int MIN_BYTES_PER_FRAME = SYMBOLS_PER_FRAME + 1;

    static final int MAX_SYMBOLS = 65_536;

    /** Above this the writer sends FORGET before the next row, so a single row can never pass {@link #MAX_SYMBOLS}. */
    static final int SYMBOLS_BEFORE_FORGET = MAX_SYMBOLS - MAX_STACK_DEPTH * SYMBOLS_PER_FRAME - 16;

    /** The writer forgets its symbols above this many chars too: 8 MB at most in the observed heap. */
    static final int SYMBOL_CHARS_BEFORE_FORGET = 4_000_000;

    /** An event takes 38 octets at most. */
    static final int MAX_EVENTS_PER_FRAME = 1024;

    static final int MAX_CAPABILITIES = 64;

    static final int MAX_CAPABILITY_CHARS = 64;

    static final int MAX_SETTINGS_CHARS = 256;

    private WireLayout() {}
}
