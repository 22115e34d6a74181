using System;
using SharpProbe.Booting;
using SharpProbe.Dfu;
using SharpProbe.Flashing;
using SharpProbe.Intrinsics;
using SharpProbe.Io;
using SharpProbe.Usb;

namespace SharpProbe.Hal;

/// <summary>The boot loader on a board: starts the application, or waits for one over USB.</summary>
public static unsafe class BootLoader<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    /// <summary>In ms. Grace: how long the host may take to end the transfer by which it learned how long to wait, and to hear that the device leaves. DetachTime: until a host's driver has seen that it is gone.</summary>
    private const uint Grace = 50, DetachTime = 10, LightTime = 50;

    private static FlashDevice s_flash = null!;
    private static ImagePlace s_place = null!;
    private static ImageCheck s_check = null!;
    private static OtgController s_usb = null!;
    private static ImageVerdict s_installed;

    /// <summary>Before anything is started: either the application begins as after a reset, or this returns.</summary>
    public static void Decide()
    {
        s_flash = TBoard.CreateFlash();
        s_place = new(LinkerSymbols.BoardId, LinkerSymbols.ApplicationStart, LinkerSymbols.ApplicationEnd, TFamily.ProgramMicroseconds);
        s_check = new(s_flash, s_place);
        bool asked = BootMagic.Take(TFamily.TightMemoryEnd);
        asked |= BootButton<TFamily, TBoard>.IsPressed();
        Caches.EnableInstruction();
        s_installed = s_check.Installed();
        Caches.DisableInstruction();
        if (s_installed == ImageVerdict.Good && !asked) Boot.Start(s_place.Start);
    }

    public static void Main()
    {
        ClockSource clock = TFamily.StartClocks(TBoard.Oscillator);
        CycleCounter.Start();
        TFamily.EnableBasics();
        Tick.Start(TFamily.CoreHertz);
        var engine = new DfuEngine(s_flash, s_place, new(s_flash, s_place, s_check), s_installed);
        var function = new DfuFunction(engine, s_flash, s_place);
        s_usb = TBoard.CreateUsb();
        _ = new UsbDevice(s_usb, new BootIdentity(TBoard.Name), SerialNumber.Of(UniqueId.At(TFamily.UniqueIdAddress)), [function]);
        if (clock != ClockSource.Hsi) s_usb.Attach();
        uint since = Tick.Milliseconds;
        while (true)
        {
            uint now = Tick.Milliseconds;
            TBoard.SetLed(now / LightTime % 2 == 0);
            if (!engine.HasWork && !engine.Leaving) since = now;
            else if (engine.Leaving && now - since >= Grace) Leave();
            else if (engine.HasWork && (function.IsIdle || now - since >= Grace)) engine.Work();
            if (!engine.HasWork) Cpu.Wfi();
        }
    }

    /// <summary>The board's interrupt handler of its USB core calls this.</summary>
    public static void OnUsb() => s_usb.OnInterrupt();

    /// <summary>Off the bus, and a reset, after which <see cref="Decide"/> finds the new application.</summary>
    private static void Leave()
    {
        s_usb.Detach();
        uint start = Tick.Milliseconds;
        while (Tick.Milliseconds - start < DetachTime) { }
        Nvic.SystemReset();
    }
}
