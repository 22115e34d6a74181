using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.Boot;

/// <summary>A board with its own boot loader in flash, with or without the application behind it, on the strict host's cable.</summary>
internal sealed class BootRig
{
    public const ulong Millisecond = TimeBase.Second / 1000;

    public BootRig(string board, bool application = true)
    {
        (Name, Machine) = (board, new(BoardList.Find(board)));
        ElfFile boot = ElfFile.Read(BootedBoard.Firmware("boot_" + board)), app = ElfFile.Read(BootedBoard.Firmware(board));
        if (application) Machine.Load(boot, app);
        else Machine.Load(boot);
        Start = app.Segments.Min(s => s.Physical);
        Image = File.ReadAllBytes(Path.ChangeExtension(BootedBoard.Firmware(board), ".bin"));
        Host = new(Machine.Time, UsbSpeed.High) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        Client = new(Host, Machine.RunFor);
        Machine.PowerOn();
    }

    public string Name { get; }
    public Machine Machine { get; }
    public UsbHost Host { get; }
    public DfuSeClient Client { get; }

    /// <summary>The application's address and bytes.</summary>
    public uint Start { get; }
    public byte[] Image { get; }

    /// <summary>The pin that asks for the boot loader when it is low.</summary>
    public static string Button(string board) => board switch { "stlinkv3mini" => "PC1", "pybd_sf2" => "PA13", _ => "PC5" };

    public BootRig Run(int milliseconds)
    {
        Machine.RunFor((ulong)milliseconds * Millisecond);
        AssertRunning();
        return this;
    }

    public void AssertRunning() => Assert.True(Machine.Stopped is null, $"the bench stopped: {Machine.Stopped?.Message} at 0x{Machine.Stopped?.Pc:X8}");

    /// <summary>Plugs in, or waits after the device went and came, until a device is configured.</summary>
    public BootRig Enumerate(ushort vendor, ushort product)
    {
        if (Host.Device is null) Host.Plug(Machine.Usb);
        bool There() => Host.IsConfigured && Host.Identity.Descriptor is { } d && d.Vendor == vendor && d.ProductId == product;
        for (ulong end = Machine.Time.Now + 3 * TimeBase.Second; !There() && Machine.Time.Now < end;) Run(1);
        Assert.True(There(), $"on the bus: {Host.State} {Host.Identity.Descriptor?.Vendor:X4}:{Host.Identity.Descriptor?.ProductId:X4}");
        return this;
    }

    public BootRig InBootLoader() => Enumerate(0x0483, 0xDF11);

    public BootRig InApplication() => Enumerate(0x1D50, 0x6018);

    /// <summary>Without a cable, and without power for a moment.</summary>
    public BootRig PowerCycle()
    {
        if (Host.Device is not null) Host.Unplug();
        Machine.PowerOn();
        return this;
    }
}
