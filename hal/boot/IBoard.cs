using System;
using SharpProbe.Flashing;

namespace SharpProbe.Hal;

/// <summary>A board's facts.</summary>
public interface IBoard : IWireWiring
{
    static abstract ReadOnlySpan<byte> Name { get; }
    static abstract ReadOnlySpan<byte> Chip { get; }
    static abstract ClockSource Oscillator { get; }
    static abstract SerialWiring Console { get; }

    /// <summary>The UART that the third USB port leads to.</summary>
    static abstract SerialWiring TargetUart { get; }

    /// <summary>The receiver of TRACESWO; without a transmit ring, its receive ring as large as .trace.</summary>
    static abstract SerialWiring Trace { get; }

    /// <summary>The same pin, or one that the board joins with it, at a timer: for TRACESWO's Manchester form.</summary>
    static abstract CaptureWiring TraceEdges { get; }

    /// <summary>Switches the clocks of all USARTs and of the timer on.</summary>
    static abstract void EnableSerialClocks();

    /// <summary>What asks for the boot loader at a reset when it is low: a button or a strap.</summary>
    static abstract Pin BootButton { get; }

    /// <summary>Makes the driver of the board's USB device controller; nothing runs yet.</summary>
    static abstract OtgController CreateUsb();

    /// <summary>Makes the driver of the chip's flash, with what is there on this board.</summary>
    static abstract FlashDevice CreateFlash();

    /// <summary>Shows the LED; the first call finds its pin as reset left it.</summary>
    static abstract void SetLed(bool on);
}
