using System.Threading;

namespace SharpProbe.Hal;

/// <summary>The board's way to ask for the boot loader by hand, looked at before anything is started.</summary>
static unsafe class BootButton<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    /// <summary>Looks at the pin until the pull-up has had its time, and looks that must all find it low: 20 us and 100 us at 16 MHz.</summary>
    private const int Settle = 50, Looks = 200;

    /// <summary>The button is held. Pin and clocks are left as they were found.</summary>
    public static bool IsPressed()
    {
        ref uint clocks = ref *TFamily.GpioClockEnable;
        uint before = Volatile.Read(ref clocks);
        Volatile.Write(ref clocks, before | 0x1FF);
        _ = Volatile.Read(ref clocks);                       // two cycles until the clocks run
        Pin pin = TBoard.BootButton;
        (PinMode mode, PinPull pull) = (pin.Mode, pin.PullMode);
        pin.Input(PinPull.Up);
        bool pressed = true;
        for (int i = 0; i < Settle + Looks && pressed; i++)
            if (pin.Value && i >= Settle) pressed = false;
        pin.Pull(pull);
        pin.Mode = mode;
        Volatile.Write(ref clocks, before);
        return pressed;
    }
}
