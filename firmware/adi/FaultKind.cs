namespace SharpProbe.Adi;

/// <summary>Why something on the wire or in the target failed. <see cref="DebugFault.Describe"/> has the words; a new reason is a row here and there.</summary>
public enum FaultKind : byte
{
    None,

    // The wire
    NoPower,            // detail: mV at VTref
    NoAnswer,           // acknowledge 0b111 or 0b000 after a line reset
    LostTarget,         // answered before, does not now
    ProtocolError,      // acknowledge that is none of OK, WAIT, FAULT; detail: its three bits
    ParityError,        // also after the retry
    WaitTimeout,        // WAIT past the time limit, AP aborted
    PowerUpTimeout,     // CDBGPWRUPACK or CSYSPWRUPACK does not come
    NoAccessPort,       // no MEM-AP found
    WireBusy,           // another interface of the probe owns the wire
    HeldInReset,        // nRESET reads low though nobody on the probe holds it
    TdoStuck,           // no TAP answers; detail: the level of TDO
    TooManyTaps,        // or TDO does not follow TDI
    IrLengths,          // cannot be told, or do not fit what was given; detail: bits in all
    ChainBroken,        // TAPs that tell an id, and those that can be bypassed, are not as many; detail: the latter
    NoDebugPort,        // there are TAPs, and none is Arm's debug port

    // The target's bus and core
    BusError,           // FAULT with STICKYERR; address: of the access
    NotHalted,          // the operation needs a halted core
    HaltTimeout,        // S_HALT does not come; detail: ms waited
    ResetTimeout,       // the core does not come out of reset
    TargetReset,        // it was reset in the middle of the operation, not by us
    RegisterTimeout,    // S_REGRDY does not come
    NoSuchRegister,
    NotAttached,
    Locked,             // readout protection
    NeedsRecovery,      // the chip's memory is closed; its own door is open

    // Flash
    FlashNotErased,     // PGERR: address
    FlashWriteProtected,
    FlashMisaligned,
    FlashTimeout,
    FlashOutside,       // address is not in flash
    FlashNotSupported,  // no driver for this part
    FlashVerify,        // read back differs; address
    FlashControllerLocked,
    EraseTimeout,       // of all of the flash
    FlashFailed,        // address, detail: the controller's own error bits or code
    CodeFailed,         // code that the probe ran in the target does not come back; address: where it is
    NoRamForLoader,     // too little RAM is known of this part
    Irreversible,       // refused until the user says that he knows
    FlashWouldLock,     // what is to be written there closes the part; address

    // Requests
    BadArgument,
    Unsupported,
}
