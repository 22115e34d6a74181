using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>WFI, WFE, SEV and sleep-on-exit (DDI0403 B1.5.17 to B1.5.20), and the mask registers that decide what wakes the core.</summary>
public sealed unsafe partial class Core
{
    private const uint SysmPrimask = 16, SysmBasepri = 17, SysmBasepriMax = 18, SysmFaultmask = 19;

    private bool _waitsForEvent;

    partial void WaitForInterrupt()
    {
        _waitsForEvent = false;
        if (!Nvic.EndsSleep) Sleeping = true;
    }

    partial void WaitForEvent()
    {
        _waitsForEvent = true;
        if (!Nvic.CanPreempt) Sleeping = true;
    }

    partial void EventSent() => WakeUp();

    private void SleepAfterReturn()
    {
        _waitsForEvent = false;
        Sleeping = true;
    }

    /// <summary>Ends the sleep if its condition is met. WFI wakes for what PRIMASK alone keeps from being taken; WFE for an event.</summary>
    private void WakeUp()
    {
        if (!Sleeping) return;
        if (_waitsForEvent ? EventRegister : Nvic.EndsSleep)
        {
            Sleeping = false;
            if (_waitsForEvent) EventRegister = false;
        }
    }

    /// <summary>An exception has become pending: an event if SCR.SEVONPEND says so.</summary>
    private void OnPended()
    {
        if (!Scb.SevOnPend) return;
        EventRegister = true;
        WakeUp();
    }

    partial void ReadMask(uint special, ref uint value) => value = special switch
    {
        SysmPrimask => Nvic.Primask ? 1u : 0,
        SysmFaultmask => Nvic.Faultmask ? 1u : 0,
        _ => Nvic.Basepri,
    };

    partial void WriteMask(uint special, uint value)
    {
        switch (special)
        {
            case SysmPrimask:
                Nvic.Primask = (value & 1) != 0;
                break;
            case SysmBasepri:
                Nvic.Basepri = (byte)value;
                break;
            case SysmBasepriMax:
                byte requested = (byte)(value & Nvic.PriorityMask);
                if (requested != 0 && (requested < Nvic.Basepri || Nvic.Basepri == 0)) Nvic.Basepri = requested;
                break;
            case SysmFaultmask:
                if (Nvic.ExecutionPriority > -1 || (value & 1) == 0) Nvic.Faultmask = (value & 1) != 0;
                RefreshRights();
                break;
        }
    }
}
