using System;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>The debug port(s) at the end of the wire, and the pins beside it. One scan fills the list of access ports; they stay valid until the next.</summary>
public abstract class DebugAccess
{
    /// <summary>Access ports that a scan keeps.</summary>
    public const int MaxPorts = 16;

    /// <summary>The next scans are by SWD, as at start.</summary>
    public virtual void UseSwd() { }

    /// <summary>The next scans are by JTAG. False: this probe has none.</summary>
    /// <param name="irLengths">Of each TAP, the one at TDO first; empty: they are found out.</param>
    public virtual bool UseJtag(ReadOnlySpan<byte> irLengths) => false;

    /// <summary>Writes the TAPs that the last scan by JTAG found, a line each.</summary>
    public virtual void DescribeChain(TextOutput text) { }

    /// <summary>
    /// Line reset, dormant wake-up and JTAG-to-SWD switch, DPIDR, power-up, access ports and their ROM tables. <paramref name="targetSel"/>: 0, or the TARGETSEL value of one
    /// device on a multi-drop line; with 0 and a DPv2 that wants it, every instance is tried, and all that answer are taken.
    /// </summary>
    public abstract DebugFault Scan(uint targetSel);

    /// <summary>Makes sure that the wire is ours and the targets of the last scan answer: somebody else may have used it since <see cref="Release"/>.</summary>
    public virtual DebugFault Acquire() => DebugFault.None;

    /// <summary>Leaves the wire to the probe's other interfaces. The access ports stay known for <see cref="Acquire"/>.</summary>
    public virtual void Release() { }

    public abstract int PortCount { get; }

    public abstract AccessPort Port(int index);

    /// <summary>Ports of the last scan that are no MEM-APs.</summary>
    public virtual int ControlPortCount => 0;

    public virtual ControlPort ControlPort(int index) => null!;

    /// <summary>After LostTarget: line reset, power-up, and the access ports of the last scan as they are. Fails when another target answers.</summary>
    public abstract DebugFault Reconnect();

    /// <summary>Writes to <paramref name="text"/> what the last scan found, a line an access port: ids with designer and part names, for a chip that nobody knows.</summary>
    public abstract void Describe(TextOutput text);

    /// <summary>SWCLK in Hz: setting asks, reading tells what the pin does (never above).</summary>
    public abstract uint Frequency { get; set; }

    /// <summary>Highest SWCLK of this board, in Hz.</summary>
    public abstract uint MaxFrequency { get; }

    /// <summary>True once after the clock was lowered because of errors; reading clears it. The user is told.</summary>
    public abstract bool TakeSlowedDown();

    /// <summary>True pulls nRESET low (open drain).</summary>
    public abstract bool HoldReset { get; set; }

    /// <summary>Level of the nRESET pin: true is low, whoever pulls it.</summary>
    public abstract bool InReset { get; }

    /// <summary>Target supply in mV, or -1 where the board cannot measure it.</summary>
    public abstract int TargetMillivolts { get; }

    /// <summary>The board can feed the target.</summary>
    public abstract bool HasPowerSwitch { get; }

    /// <summary>Target power switch; off at start.</summary>
    public abstract bool PowerOn { get; set; }
}
