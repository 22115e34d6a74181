using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Boards;

/// <summary>A board under power. The constructor switches it on; the flash is erased until <see cref="Load(ReadOnlySpan{byte}, uint)"/>.</summary>
public sealed class Machine
{
    private readonly List<SerialHost> _serials = [];
    private (ResetCause Cause, string Reason)? _request;
    private int _losses;

    public Machine(Board board)
    {
        Board = board;
        Time = new(RccStart);
        Nets = new(Time);
        Chip = board.Chip switch
        {
            ChipKind.Stm32F722 => new Stm32F7("F722", board, Time, Nets),
            ChipKind.Stm32F723 => new Stm32F7("F723", board, Time, Nets),
            ChipKind.Stm32H743 => new Stm32H7("H743", board, Time, Nets),
            _ => new Stm32H7("H750", board, Time, Nets),
        };
        Chip.ResetRequested += Ask;
        if (Chip.FlashOperations is { } flash) flash.PowerLost += operation => LosePower($"power cut in {(operation.IsErase ? "an erase" : "programming")} at 0x{operation.Address:X8}");
        foreach (var group in board.Wires)
            foreach (string pin in group[1..]) Pin(pin).Connect(Pin(group[0]).Net);
        foreach (var (pin, drive) in board.Resistors) Pin(pin).Net.Attach("board", drive);
        Console = Serial(board.Console.Tx, board.Console.Rx);
        PowerOn();
    }

    /// <summary>Frequency before the first reset has set it.</summary>
    private const ulong RccStart = 16_000_000;

    public Board Board { get; }
    public Chip Chip { get; }
    public Cpu.Core Core => Chip.Core;
    public Bus Bus => Chip.Bus;
    public TimeBase Time { get; }
    public Nets Nets { get; }

    /// <summary>The far end of the board's serial console, 115200 baud 8N1 unless changed.</summary>
    public SerialHost Console { get; }

    /// <summary>What a host meets at the board's USB connector.</summary>
    public IUsbDevice Usb => (IUsbDevice)Chip.Blocks[Board.Usb];

    /// <summary>Why the bench stopped, with program counter and cycle; null while nothing is wrong.</summary>
    public MachineStop? Stopped { get; private set; }

    /// <summary>Raised after each system reset with its cause and the reason in words.</summary>
    public event Action<ResetCause, string>? WasReset;

    /// <summary>A pin of the chip by the datasheet's name.</summary>
    public Pin Pin(string name) => Chip.Die.Pin(name);

    /// <summary>Whether a light is on: its pin driven to the right level.</summary>
    public bool IsLit(string led)
    {
        var light = Board.Leds.First(l => l.Name == led);
        return Pin(light.Pin).Net.Level == (light.ActiveLow ? Level.Low : Level.High);
    }

    /// <summary>Connects a serial adapter to the chip's TX and RX pins.</summary>
    public SerialHost Serial(string tx, string rx)
    {
        var host = new SerialHost(Nets, $"serial adapter at {tx}/{rx}", Pin(rx).Net, Pin(tx).Net);
        _serials.Add(host);
        return host;
    }

    /// <summary>Power off and on: RAM holds fixed noise, flash and option bytes keep.</summary>
    public void PowerOn()
    {
        Chip.FillRams();
        Reset(ResetCause.PowerOn, "power-on");
    }

    /// <summary>The power goes, and comes back before anybody notices: RAM holds other noise each time. From inside an instruction or an event it follows at the next instruction boundary.</summary>
    public void LosePower(string reason)
    {
        _request = null;
        Ask(ResetCause.PowerOn, reason);
    }

    /// <summary>System reset now; by default as the reset button does it.</summary>
    public void SystemReset(ResetCause cause = ResetCause.Pin, string reason = "NRST") => Reset(cause, reason);

    /// <summary>
    /// Programs ELF files' segments at their load addresses, as a programmer would, and resets. Where none of them has anything for the start of flash (an application without its boot loader), the option
    /// bytes' boot address becomes the lowest address that was programmed, so that the chip starts it directly.
    /// </summary>
    public void Load(params ReadOnlySpan<ElfFile> elfs)
    {
        uint start = uint.MaxValue;
        foreach (var elf in elfs)
            foreach (var segment in elf.Segments)
            {
                Write(segment.Physical, segment.Data.Span);
                start = Math.Min(start, segment.Physical);
            }
        if (start > Chip.FlashStart) Chip.StartAt(start);
        SystemReset();
    }

    /// <summary>Programs an image and resets.</summary>
    public void Load(ReadOnlySpan<byte> image, uint address)
    {
        Write(address, image);
        SystemReset();
    }

    /// <summary>Runs until a time (femtoseconds since power-on) or until the bench stops. False: it stopped, and <see cref="Stopped"/> says why.</summary>
    public bool RunUntil(ulong time)
    {
        // The clock may change on the way, so the last cycle is found again each time.
        while (Stopped is null && Time.Now < time) RunCycles(Math.Min(Time.CycleAt(time), Time.Cycles + Time.Hertz / 1000));
        return Stopped is null;
    }

    /// <summary>Runs for a duration in femtoseconds.</summary>
    public bool RunFor(ulong duration) => RunUntil(Time.Now + duration);

    /// <summary>Runs until a cycle of the core.</summary>
    public bool RunCycles(ulong untilCycle)
    {
        if (Stopped is not null) return false;
        try
        {
            Core.Run(untilCycle);
        }
        catch (BenchStop stop)
        {
            Stopped = new(stop.Message, Core.InstructionAddress, Time.Cycles, Time.Now);
        }
        return Stopped is null;
    }

    /// <summary>Raw bytes into any memory, past all protection.</summary>
    private void Write(uint address, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (Bus.Find(address) is not { Region: { } region } mapping) throw new BenchStop($"the image has bytes for 0x{address:X8}, where the board has no memory");
            int count = (int)Math.Min((uint)bytes.Length, mapping.Last - address + 1);
            bytes[..count].CopyTo(region.Span[(int)(address - mapping.Address)..]);
            region.Holes?.Clear(address - mapping.Address, (uint)count);
            region.ContentsChanged();
            address += (uint)count;
            bytes = bytes[count..];
        }
    }

    /// <summary>From inside an instruction or an event: the reset follows at the next instruction boundary.</summary>
    private void Ask(ResetCause cause, string reason)
    {
        if (_request is not null) return;
        _request = (cause, reason);
        Time.At(Time.Now, () => { if (_request is { } r) Reset(r.Cause, r.Reason); });
    }

    private void Reset(ResetCause cause, string reason)
    {
        if (_request is { Cause: ResetCause.PowerOn }) Chip.FillRams(++_losses);
        (_request, Stopped) = (null, null);
        Chip.Reset(cause);
        WasReset?.Invoke(cause, reason);
    }
}
