using SharpProbe.Usb;

namespace SharpProbe.Hal;

/// <summary>Puts a board's hardware to work: clocks, caches, cycle counter, pins and DMA, tick, console.</summary>
public static unsafe class Platform<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    public static Uart Console { get; private set; } = null!;

    public static OtgController Usb { get; private set; } = null!;

    public static void Start(out ResetCause cause, out ClockSource clock)
    {
        cause = TFamily.TakeResetCause();
        clock = TFamily.StartClocks(TBoard.Oscillator);
        Caches.EnableData();
        CycleCounter.Start();
        TFamily.EnableBasics();
        Console = StartConsole();
        Tick.Start(TFamily.CoreHertz);
    }

    /// <summary>The board's interrupt handler of the console's transmit stream calls this.</summary>
    public static void OnConsoleTransmitted() => Console.OnTransmitInterrupt();

    /// <summary>The board's interrupt handler of its USB core calls this.</summary>
    public static void OnUsb() => Usb.OnInterrupt();

    /// <summary>Starts the USB device; the host sees it from now on. Without the external oscillator USB has no clock, and the device stays away.</summary>
    public static UsbDevice StartUsb(ClockSource clock)
    {
        Usb = TBoard.CreateUsb();
        var device = new UsbDevice(Usb, SerialNumber.Of(UniqueId.At(TFamily.UniqueIdAddress)));
        if (clock != ClockSource.Hsi) Usb.Attach();
        return device;
    }

    private static Uart StartConsole()
    {
        ConsoleWiring w = TBoard.Console;
        TBoard.EnableConsoleClock();
        w.Rx.Alternate(w.Function, PinPull.Up);              // an open input would read as noise
        w.Tx.Alternate(w.Function);
        var uart = new Uart(w.Usart, new(w.Transmit.Dma, w.Transmit.Stream), TFamily.Route(w.Transmit), new(w.Receive.Dma, w.Receive.Stream), TFamily.Route(w.Receive), w.KernelHertz, w.Baud);
        Nvic.Enable(w.TransmitIrq, priority: 8);
        return uart;
    }
}
