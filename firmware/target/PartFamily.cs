using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target;

/// <summary>
/// Parts that are recognised in one way, asked in the order of <see cref="ProbeSession"/>'s list. One object for the probe; what belongs to one target is kept by the target
/// (<see cref="CortexM.PartRow"/>, <see cref="CortexM.PartState"/>, its map).
/// </summary>
public abstract class PartFamily
{
    /// <summary>Names the part and adds its memories if it is of this family. The core may be running, and only reads are made.</summary>
    public abstract bool Identify(CortexM core);

    /// <summary>The core has been halted: keep its clocks on in sleep, hold its watchdogs.</summary>
    public virtual DebugFault OnAttach(CortexM core) => DebugFault.None;

    /// <summary>A debugger waits for the core to halt: chips that keep it in reset meanwhile let it go.</summary>
    public virtual void LetGo(CortexM core) { }

    /// <summary>A reset by the pin does harm: AIRCR does it alone.</summary>
    public virtual bool KeepsOffResetPin(CortexM core) => false;

    /// <summary>Takes back what <see cref="OnAttach"/> did.</summary>
    public virtual DebugFault OnDetach(CortexM core) => DebugFault.None;

    /// <summary>Null: this part's flash cannot be written.</summary>
    public virtual FlashController? FlashOf(CortexM core) => null;

    /// <summary>"monitor erase_mass". Parts that are emptied in another way than by their flash controller do it here.</summary>
    public virtual DebugFault EraseAll(CortexM core) => core.FlashEraseAll();

    /// <summary>Where the unique id is, its lowest word first; false: the part has none, or none in one piece.</summary>
    public virtual bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = 0;
        words = 0;
        return false;
    }

    /// <summary>"monitor uid", the most significant word first: four of them at most.</summary>
    public virtual DebugFault ReadUniqueId(CortexM core, Span<uint> id, out int words)
    {
        DebugFault fault = TryUniqueId(core, out uint address, out words) ? DebugFault.None : FaultKind.Unsupported;
        for (int i = words; i > 0 && fault.Ok; address += 4) fault = core.Bus.Read32(address, out id[--i]);
        return fault;
    }

    /// <summary>"monitor option": rows of a <see cref="PartTable"/>: address, bytes (2 or 4), name. Empty: none.</summary>
    public virtual ReadOnlySpan<byte> Options(CortexM core) => default;

    /// <summary>Writes the one at an address of <see cref="Options"/> and leaves the others. What closes the part for ever is <see cref="FaultKind.Irreversible"/> unless the user has said that word.</summary>
    public virtual DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => FaultKind.Unsupported;

    /// <summary>All to their defaults, and the read protection opened, which erases the flash.</summary>
    public virtual DebugFault ResetOptions(CortexM core) => FaultKind.Unsupported;

    /// <summary>Commands of this family alone.</summary>
    public virtual ReadOnlySpan<MonitorCommand> Commands => default;

    /// <summary>This port is the family's way into a chip whose memory is closed, or a way to begin anew.</summary>
    /// <param name="name">What it is, where <paramref name="needed"/>.</param>
    /// <param name="needed">Nothing but <see cref="Recover"/> is possible now, or it is worth a line in the list of targets.</param>
    public virtual bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = false;
        return false;
    }

    /// <summary>Opens the chip, whatever that erases. A scan follows.</summary>
    public virtual DebugFault Recover(ControlPort port) => FaultKind.Unsupported;

    /// <summary>The chip behind this port, whose core does not answer, is one of the family's that is closed: its name.</summary>
    public virtual bool IsClosed(AccessPort port, PartName name) => false;

    /// <summary>As the other, of a chip whose <see cref="IsClosed"/>.</summary>
    public virtual DebugFault Recover(AccessPort port) => FaultKind.Unsupported;

    /// <summary>The core was found after <see cref="Recover(ControlPort)"/>: makes that last.</summary>
    public virtual DebugFault OnRecovered(CortexM core) => DebugFault.None;
}
