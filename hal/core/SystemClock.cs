using SharpProbe.Io;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Time by SysTick: its interrupts are the milliseconds, its counter the rest.</summary>
public sealed unsafe class SystemClock(uint coreHertz) : Clock
{
    private const uint PendStSet = 1u << 26;

    private readonly uint _perMicrosecond = coreHertz / 1_000_000;

    public override uint Milliseconds => Tick.Milliseconds;

    public override uint Microseconds
    {
        get
        {
            uint milliseconds, count, pending;
            do
            {
                milliseconds = Tick.Milliseconds;
                pending = SCB->ICSR & PendStSet;             // a tick that an interrupt of higher priority or PRIMASK holds back
                count = STK->CVR;
            }
            while (milliseconds != Tick.Milliseconds || pending != (SCB->ICSR & PendStSet));
            if (pending != 0) milliseconds++;
            return milliseconds * 1000 + (STK->RVR - count) / _perMicrosecond;
        }
    }
}
