using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Elf;
using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>OpenOCD by JTAG: with "transport select jtag" and nothing else that its users would not have with SWD.</summary>
[Collection(DebuggerGuestCollection.Name)]
public sealed class OpenOcdJtagTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const int RamBytes = 4 * 1024, FlashBytes = 4 * 1024;

    public static TheoryData<string, string> Transports => OpenOcd.Transports;

    [GuestTheory, MemberData(nameof(Transports)), Accepts(ForeignDriver.OpenOcd, "stm32f103")]
    public void It_finds_both_TAPs_debugs_and_programs_flash_by_its_own_driver(string board, string transport) => With(board, probe =>
    {
        var program = ElfFile.Read(GdbSession.Program);
        probe.Bench(() => probe.Target.Load(program));
        byte[] ram = Random(RamBytes), flash = Random(FlashBytes);
        string ramFile = Guest.Send("ram.bin", ram), flashFile = Guest.Send("flash.bin", flash);
        uint count = program.AddressOf("app_SharpProbe_Demo_Score__Count")!.Value & ~1u;
        string said = Session(transport,
            "scan_chain", "reset halt", "reg pc", "step", "reg r3 0x12345678", "reg r3", "mww 0x20004000 0xcafe4711", "mwb 0x20004002 0xbb", "mdw 0x20004000",
            $"bp {count} 2 hw", "resume", "wait_halt 5000", "reg pc", $"rbp {count}",
            $"load_image {ramFile} 0x20001000 bin", $"verify_image {ramFile} 0x20001000 bin", $"dump_image /exchange/ram-back.bin 0x20001000 {RamBytes}",
            $"program {flashFile} verify 0x08002000", $"dump_image /exchange/flash-back.bin 0x08002000 {FlashBytes}");
        Assert.Contains("Interface Initialised (JTAG)", said);
        Assert.Contains("tap/device found: 0x3ba00477", said);
        Assert.Contains("tap/device found: 0x16410041", said);
        Assert.Contains($"pc (/32): 0x{program.Entry:x8}", said);
        Assert.Contains("r3 (/32): 0x12345678", said);
        Assert.Contains("0x20004000: cabb4711", said);
        Assert.Contains($"pc (/32): 0x{count:x8}", said);
        Assert.Contains("** Verified OK **", said);
        Assert.Equal(ram, Guest.Receive("ram-back.bin"));
        Assert.Equal(flash, Guest.Receive("flash-back.bin"));
        Assert.Equal(SwjProtocol.Jtag, probe.Bench(() => probe.Target.Port!.Protocol));
    }, target: "stm32f103");

    private static byte[] Random(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private string Session(string transport, params IEnumerable<string> commands)
    {
        string line = OpenOcd.Line(transport, ["init", .. commands, "shutdown"]).Replace(" -f target/", " -c 'transport select jtag' -f target/");
        var run = Guest.Run(line, 180);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        string said = run.Good;
        OpenOcd.AssertCalm(said);
        return said;
    }
}
