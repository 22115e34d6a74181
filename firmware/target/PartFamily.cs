using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target;

/// <summary>Parts that are recognised and programmed in one way. One object for the probe; what belongs to one target is kept by the target.</summary>
public abstract class PartFamily
{
    /// <summary>Names the part and adds its memories if it is of this family. The core may be running, and only reads are made.</summary>
    public abstract bool Identify(CortexM core);

    /// <summary>The core has been halted: keep its clocks on in sleep, hold its watchdogs.</summary>
    public virtual DebugFault OnAttach(CortexM core) => DebugFault.None;

    /// <summary>Takes back what <see cref="OnAttach"/> did.</summary>
    public virtual DebugFault OnDetach(CortexM core) => DebugFault.None;

    /// <summary>Null: this part's flash cannot be written.</summary>
    public virtual FlashController? Flash => null;

    public virtual ReadOnlySpan<MonitorCommand> Commands => default;
}
