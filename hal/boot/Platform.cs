using SharpProbe.Dap;
using SharpProbe.Io;
using SharpProbe.Trace;
using SharpProbe.Usb;

namespace SharpProbe.Hal;

/// <summary>Puts a board's hardware to work: clocks, caches, cycle counter, pins and DMA, tick, console.</summary>
public static unsafe class Platform<TFamily, TBoard> where TFamily : struct, IFamily where TBoard : struct, IBoard
{
    /// <summary>A hub sees a device go within 2.5 µs (USB 2.0, 7.1.7.3); a host's driver takes its time, in ms.</summary>
    private const uint DetachTime = 10;

    public static Uart Console { get; private set; } = null!;

    public static Uart TargetUart { get; private set; } = null!;

    public static Uart Trace { get; private set; } = null!;

    public static ManchesterReceiver TraceEdges { get; private set; } = null!;

    public static OtgController Usb { get; private set; } = null!;

    public static void Start(out ResetCause cause, out ClockSource clock)
    {
        cause = TFamily.TakeResetCause();
        clock = TFamily.StartClocks(TBoard.Oscillator);
        Caches.EnableData();
        CycleCounter.Start();
        TFamily.EnableBasics();
        TBoard.EnableSerialClocks();
        Console = StartUart(TBoard.Console);
        Tick.Start(TFamily.CoreHertz);
    }

    /// <summary>The board's interrupt handler of the console's transmit stream calls this.</summary>
    public static void OnConsoleTransmitted() => Console.OnTransmitInterrupt();

    /// <summary>The board's interrupt handler of the target UART's transmit stream calls this.</summary>
    public static void OnTargetTransmitted() => TargetUart.OnTransmitInterrupt();

    /// <summary>The board's interrupt handler of the target UART's receive stream calls this.</summary>
    public static void OnTargetReceived() => TargetUart.OnReceiveInterrupt();

    /// <summary>The board's interrupt handler of the trace receiver's stream calls this.</summary>
    public static void OnTraceReceived() => Trace.OnReceiveInterrupt();

    /// <summary>The board's interrupt handlers of the timer at TRACESWO and of its stream call this.</summary>
    public static void OnTraceEdges() => TraceEdges.OnInterrupt();

    /// <summary>The board's interrupt handler of its USB core calls this.</summary>
    public static void OnUsb() => Usb.OnInterrupt();

    /// <summary>Starts the USB device; the host sees it from now on. Without the external oscillator USB has no clock, and the device stays away.</summary>
    public static ProbeUsb StartUsb(ClockSource clock, UsbMode mode, DapServer hid, DapServer bulk, Clock time, TraceCapture capture)
    {
        Usb = TBoard.CreateUsb();
        var probe = new ProbeUsb(Usb, SerialNumber.Of(UniqueId.At(TFamily.UniqueIdAddress)), mode, hid, bulk, time, capture);
        if (clock != ClockSource.Hsi) Usb.Attach();
        return probe;
    }

    /// <summary>Leaves USB and starts the boot loader. Does not return.</summary>
    public static void StartBootLoader()
    {
        Usb.Detach();
        uint start = Tick.Milliseconds;
        while (Tick.Milliseconds - start < DetachTime) { }
        BootMagic.Write(TFamily.TightMemoryEnd);
        Nvic.SystemReset();
    }

    /// <summary>Starts the UART to the target.</summary>
    public static Uart StartTargetUart()
    {
        SerialWiring wiring = TBoard.TargetUart;
        TargetUart = StartUart(wiring);
        Nvic.Enable(wiring.ReceiveIrq, priority: 8);
        return TargetUart;
    }

    /// <summary>Makes the receivers of TRACESWO ready, of which one works at a time, and both in the same memory.</summary>
    public static TraceCapture StartTrace()
    {
        SerialWiring wiring = TBoard.Trace;
        Trace = new(wiring, 0, TFamily.Route(wiring.Receive), TraceMemory.Start);
        Nvic.Enable(wiring.ReceiveIrq, priority: 8);
        CaptureWiring edges = TBoard.TraceEdges;
        TraceEdges = new(edges, TFamily.Route(edges.Dma), TraceMemory.Start, (int)wiring.ReceiveRing);
        Nvic.Enable(edges.DmaIrq, priority: 10);                   // decoding takes its time: behind everything else
        Nvic.Enable(edges.TimerIrq, priority: 10);
        return new(new SwoReceiver(Trace, wiring.KernelHertz), TraceEdges);
    }

    private static Uart StartUart(in SerialWiring wiring)
    {
        var uart = new Uart(wiring, TFamily.Route(wiring.Transmit), TFamily.Route(wiring.Receive));
        Nvic.Enable(wiring.TransmitIrq, priority: 8);
        return uart;
    }
}
