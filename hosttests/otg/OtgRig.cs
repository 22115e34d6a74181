using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Clocks;

namespace SharpProbe.Tests.Otg;

/// <summary>A board with erased flash whose OTG core is driven from outside: registers as a driver would, and the cable as a host would.</summary>
internal sealed class OtgRig
{
    public const uint Gotgctl = 0x00, Gotgint = 0x04, Gahbcfg = 0x08, Gusbcfg = 0x0C, Grstctl = 0x10, Gintsts = 0x14, Gintmsk = 0x18, Grxstsr = 0x1C, Grxstsp = 0x20, Grxfsiz = 0x24,
        Dieptxf0 = 0x28, Gccfg = 0x38, Dcfg = 0x800, Dctl = 0x804, Dsts = 0x808, Diepmsk = 0x810, Doepmsk = 0x814, Daint = 0x818, Daintmsk = 0x81C, Diepempmsk = 0x834, Pcgcctl = 0xE00;
    public const uint Xfrc = 1, Epdisd = 2, Stup = 8, Ittxfe = 16, Inepne = 64, Txfe = 128;
    public const uint Ena = 1u << 31, Dis = 1 << 30, Snak = 1 << 27, Cnak = 1 << 26, Stall = 1 << 21, Aep = 1 << 15, Bulk = 2 << 18, Data0 = 1 << 28, Data1 = 1 << 29;
    public const uint Usbrst = 1 << 12, Enumdne = 1 << 13, Rxflvl = 1 << 4, Usbsusp = 1 << 11, Wkup = 1u << 31, Iepint = 1 << 18, Oepint = 1 << 19;
    private const uint PhyController = 0x4001_7C00;

    public readonly List<int> Ready = [];
    private readonly uint _base;

    private OtgRig(Machine machine, uint address, string device)
    {
        (Machine, _base) = (machine, address);
        Usb = machine.Chip.UsbDevices.Single(d => d.Name.EndsWith(device, StringComparison.Ordinal));
        Usb.Ready += Ready.Add;
        Usb.Vbus = true;
    }

    public Machine Machine { get; }
    public IUsbDevice Usb { get; }

    public uint this[uint register]
    {
        get => Machine.Bus.Read(_base + register, 4);
        set => Machine.Bus.Write(_base + register, value, 4);
    }

    public static uint Diepctl(int n) => 0x900 + 0x20 * (uint)n;
    public static uint Diepint(int n) => 0x908 + 0x20 * (uint)n;
    public static uint Dieptsiz(int n) => 0x910 + 0x20 * (uint)n;
    public static uint Dtxfsts(int n) => 0x918 + 0x20 * (uint)n;
    public static uint Doepctl(int n) => 0xB00 + 0x20 * (uint)n;
    public static uint Doepint(int n) => 0xB08 + 0x20 * (uint)n;
    public static uint Doeptsiz(int n) => 0xB10 + 0x20 * (uint)n;
    public static uint Dieptxf(int n) => 0x100 + 4 * (uint)n;
    public static uint Fifo(int n) => 0x1000 + 0x1000 * (uint)n;
    public static uint Transfer(int packets, int bytes) => (uint)packets << 19 | (uint)bytes;

    public void Memory(uint address, uint value) => Machine.Bus.Write(address, value, 4);
    public void SetBits(uint address, uint bits) => Memory(address, Machine.Bus.Read(address, 4) | bits);
    public void Wait(ulong microseconds) => Assert.True(Machine.RunFor(microseconds * (TimeBase.Second / 1_000_000)), Machine.Stopped?.ToString());

    /// <summary>ST-LINK/V3 mini with clocks on and pins routed; the transceiver still off.</summary>
    public static OtgRig V3Mini()
    {
        var f7 = new F7();
        f7[F7.Flash] = 7;
        f7.PreparePll();
        f7.SwitchToPll();
        var rig = new OtgRig(f7.Machine, 0x4004_0000, "OTG_HS");
        rig.SetBits(F7.Rcc + 0x30, 1 << 1 | 1 << 29 | 1 << 30);      // GPIOB, OTGHS, OTGHSULPI
        rig.SetBits(F7.Rcc + 0x44, 1u << 31);                       // USBPHYC
        rig.Route(0x4002_0400, 14, 12);
        return rig;
    }

    /// <summary>PYBD-SF2: full speed on PA11 and PA12, the 48 MHz clock from the PLL's Q output.</summary>
    public static OtgRig Pybd(uint q = 9, bool sensesVbus = false)
    {
        var machine = new Machine(PybdSf2.Board with { SensesVbus = sensesVbus });
        var rig = new OtgRig(machine, 0x5000_0000, "OTG_FS");
        rig.SetBits(F7.Rcc, 1 << 16);
        rig.Wait(5000);
        rig.Memory(F7.Rcc + 4, 25 | 432 << 6 | 1 << 16 | 1 << 22 | q << 24);
        rig.SetBits(F7.Rcc, 1 << 24);
        rig.Wait(1000);
        rig.SetBits(F7.Rcc + 0x30, 1);
        rig.SetBits(F7.Rcc + 0x34, 1 << 7);
        rig.Route(0x4002_0000, 11, 10);
        return rig;
    }

    /// <summary>DevEBox H743: OTG2 on PA11 and PA12, PLL3 with Q = 48 MHz.</summary>
    public static OtgRig Devebox()
    {
        var h7 = new H7();
        h7.Supply();
        var rig = new OtgRig(h7.Machine, 0x4008_0000, "OTG2_HS");
        rig.SetBits(H7.Rcc, 1 << 16);
        rig.Wait(3000);
        rig.Memory(H7.Rcc + 0x28, 2 | 5u << 20 | 32 << 4 | 32 << 12);
        rig.Memory(H7.Rcc + 0x2C, 0x01FF_0000 | 2 << 10);           // PLL3 input 4 to 8 MHz, wide
        rig.Memory(H7.Rcc + 0x40, 47 | 4 << 9 | 4 << 16 | 1 << 24);
        rig.SetBits(H7.Rcc, 1 << 28);
        rig.Wait(200);
        rig.SetBits(H7.Rcc + 0x54, 2 << 20);
        rig.SetBits(H7.Pwr + 0x0C, 1 << 24);
        rig.SetBits(H7.Rcc + 0xE0, 1);
        rig.SetBits(H7.Rcc + 0xD8, 1 << 27);
        rig.Route(0x5802_0000, 11, 10);
        return rig;
    }

    private void Route(uint port, int first, uint function)
    {
        for (int pin = first; pin < first + 2; pin++)
        {
            SetBits(port + 0x24, function << (pin - 8) * 4);
            uint moder = Machine.Bus.Read(port, 4);
            Memory(port, moder & ~(3u << pin * 2) | 2u << pin * 2);
        }
    }

    /// <summary>Regulator, PLL and 2 ms for the high-speed transceiver.</summary>
    public void StartHighSpeedPhy()
    {
        this[Gccfg] = 1 << 23;
        Memory(PhyController + 0x18, 4);
        Wait(50);
        Assert.Equal(7u, Machine.Bus.Read(PhyController + 0x18, 4));
        Memory(PhyController, 5 << 1);
        SetBits(PhyController + 0x0C, 0xF13);
        SetBits(PhyController, 1);
        Wait(2000);
    }

    /// <summary>Core reset and everything until the pull-up. <paramref name="speed"/>: DCFG.DSPD.</summary>
    public void Start(uint speed)
    {
        if (speed != 3) StartHighSpeedPhy();
        this[Gusbcfg] |= speed == 3 ? 1u << 6 : 0;
        this[Grstctl] = 1;
        Wait(10);
        Assert.Equal(1u << 31, this[Grstctl]);
        if (speed == 3) this[Gccfg] = 1 << 16;
        this[Gusbcfg] = this[Gusbcfg] & ~(15u << 10) | 1 << 30 | (speed == 0 ? 9u : 15) << 10;
        this[Gotgctl] = 3 << 6;
        this[Dcfg] |= speed;
        uint receive = speed == 3 ? 128u : 290;
        this[Grxfsiz] = receive;
        this[Dieptxf0] = 16 << 16 | receive;
        this[Dieptxf(1)] = 128 << 16 | receive + 16;
        this[Grstctl] = 0x10 << 6 | 1 << 5;
        Wait(1);
        this[Grstctl] = 1 << 4;
        Wait(1);
        this[Diepmsk] = Xfrc | Epdisd;
        this[Doepmsk] = Xfrc | Epdisd | Stup;
        this[Daintmsk] = 0x0003_0003;
        this[Gintmsk] = Usbrst | Enumdne | Rxflvl | Iepint | Oepint | Usbsusp | Wkup;
        this[Gahbcfg] = 1;
        this[Dctl] = 0;
    }

    /// <summary>Host's reset, and the driver's answer to it.</summary>
    public UsbSpeed BusReset(UsbSpeed port)
    {
        Usb.BeginReset(port);
        this[Gintsts] = Usbrst;
        this[Dcfg] &= ~(127u << 4);
        this[Doepctl(0)] = Snak;
        this[Doeptsiz(0)] = 3u << 29;
        Wait(10_000);
        var speed = Usb.EndReset();
        this[Gintsts] = Enumdne;
        return speed;
    }

    /// <summary>Pops one status and its words: endpoint, PKTSTS and bytes.</summary>
    public (int Endpoint, int Status, byte[] Data) Pop()
    {
        uint status = this[Grxstsp];
        var data = new byte[(status >> 4 & 0x7FF) + 3 & ~3u];
        for (int i = 0; i < data.Length; i += 4) BitConverter.TryWriteBytes(data.AsSpan(i), this[Fifo(0)]);
        return ((int)(status & 15), (int)(status >> 17 & 15), data[..(int)(status >> 4 & 0x7FF)]);
    }

    public void Send(int endpoint, int maxPacket, params byte[] data)
    {
        this[Dieptsiz(endpoint)] = Transfer(Math.Max(1, (data.Length + maxPacket - 1) / maxPacket), data.Length);
        this[Diepctl(endpoint)] |= Ena | Cnak;
        var padded = new byte[data.Length + 3 & ~3];
        data.CopyTo(padded, 0);
        for (int i = 0; i < padded.Length; i += 4) this[Fifo(endpoint)] = BitConverter.ToUInt32(padded, i);
    }

    public void Receive(int endpoint, int packets, int bytes)
    {
        this[Doeptsiz(endpoint)] = Transfer(packets, bytes) | (endpoint == 0 ? 3u << 29 : 0);
        this[Doepctl(endpoint)] |= Ena | Cnak;
    }

    public UsbHandshake In(int address, int endpoint, out byte[] data, out bool data1, bool lost = false)
    {
        var buffer = new byte[1024];
        var answer = Usb.In(address, endpoint, buffer, out int length, out data1, lost);
        data = buffer[..length];
        return answer;
    }

    public static string StopOf(Action action) => Assert.Throws<BenchStop>(action).Message;
}
