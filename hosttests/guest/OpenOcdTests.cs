using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Elf;
using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>OpenOCD, in a Linux computer, through the probe's CMSIS-DAP functions to an STM32F103: over bulk endpoints and over HID, at high and at full speed.</summary>
[Collection(DebuggerGuestCollection.Name)]
public sealed class OpenOcdTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const int RamBytes = 12 * 1024, FlashBytes = 8 * 1024;

    public static TheoryData<string, string> Transports => OpenOcd.Transports;

    [GuestTheory, MemberData(nameof(Transports))]
    public void It_halts_steps_and_reads_and_writes_registers_and_memory(string board, string transport) => WithProgram(board, probe =>
    {
        string said = Session(transport, "reset halt", "reg pc", "step", "reg pc", "reg r3 0x12345678", "reg r3", "mww 0x20004000 0xcafe4711", "mwb 0x20004002 0xbb", "mdw 0x20004000", "mdh 0x20004002", "resume", "halt 500", "reset run");
        uint start = Program.Entry;
        Assert.Contains($"pc (/32): 0x{start:x8}", said);
        Assert.Matches($"pc \\(/32\\): 0x{start + 2:x8}|pc \\(/32\\): 0x{start + 4:x8}", said);
        Assert.Contains("r3 (/32): 0x12345678", said);
        Assert.Contains("0x20004000: cabb4711", said);
        Assert.Contains("0x20004002: cabb", said);
        Assert.Contains(transport == "hid" ? "CMSIS-DAP: Interface Initialised (SWD)" : "Using CMSIS-DAPv2 interface", said);
    });

    [GuestTheory, MemberData(nameof(Transports))]
    public void It_stops_at_breakpoints_in_flash_and_in_RAM_and_at_a_watchpoint(string board, string transport) => WithProgram(board, probe =>
    {
        uint count = Program.AddressOf("app_SharpProbe_Demo_Score__Count")!.Value & ~1u;
        const uint Ram = 0x2000_3000;
        string said = Session(transport,
            "reset halt", $"bp {count} 2 hw", "resume", "wait_halt 5000", "reg pc", $"rbp {count}",
            // NOP; NOP; STR r0, [r1]; branch to itself
            $"mwh {Ram} 0xbf00", $"mwh {Ram + 2} 0xbf00", $"mwh {Ram + 4} 0x6008", $"mwh {Ram + 6} 0xe7fe",
            $"reg pc {Ram}", $"reg r1 {Ram + 64}", $"bp {Ram + 2} 2", "resume", "wait_halt 5000", "reg pc", $"rbp {Ram + 2}",
            $"wp {Ram + 64} 4 w", "resume", "wait_halt 5000", "reg pc", $"rwp {Ram + 64}");
        foreach (uint pc in new[] { count, Ram + 2, Ram + 6 }) Assert.Contains($"pc (/32): 0x{pc:x8}", said);
    });

    [GuestTheory, MemberData(nameof(Transports))]
    public void It_writes_a_file_into_RAM_and_reads_the_same_back(string board, string transport) => WithProgram(board, probe =>
    {
        byte[] bytes = Random(RamBytes);
        string file = Guest.Send("ram.bin", bytes);
        string said = Session(transport, "reset halt", $"load_image {file} 0x20001000 bin", $"verify_image {file} 0x20001000 bin", $"dump_image /exchange/back.bin 0x20001000 {RamBytes}", "reset run");
        Assert.Contains($"downloaded {RamBytes} bytes", said);
        Assert.Contains($"verified {RamBytes} bytes", said);
        Assert.Equal(bytes, Guest.Receive("back.bin"));
    });

    [GuestTheory, Accepts(ForeignDriver.OpenOcd, "stm32f103-clone"), MemberData(nameof(Transports))]
    public void Its_own_driver_programs_flash_and_verifies_it(string board, string transport) => WithProgram(board, probe =>
    {
        byte[] bytes = Random(FlashBytes);
        string file = Guest.Send("flash.bin", bytes);
        string said = Session(transport, $"program {file} verify 0x08001000", $"dump_image /exchange/back.bin 0x08001000 {FlashBytes}");
        Assert.Contains("** Programming Finished **", said);
        Assert.Contains("** Verified OK **", said);
        Assert.Equal(bytes, Guest.Receive("back.bin"));
    });

    [GuestTheory]
    [InlineData("stlinkv3mini", "usb_bulk")]
    [InlineData("stlinkv3mini", "hid")]
    public void After_each_kill_in_the_middle_of_a_transfer_the_next_session_works(string board, string transport) => WithProgram(board, _ =>
    {
        const int Kills = 3;
        byte[] bytes = Random(RamBytes);
        string file = Guest.Send("ram.bin", bytes), back = "/exchange/killed.bin";
        string load = $"load_image {file} 0x20001000 bin", endless = OpenOcd.Line(transport, "init", "reset halt", "echo started", "while {1} { " + load + " }");
        for (int i = 0; i < Kills; i++)
        {
            // The kernel tells the probe nothing of it. OpenOCD reads what is left when it begins, for 10 ms, which is little in an emulated computer; after 3 s the probe itself drops it.
            Guest.Run($"{endless} > /tmp/killed.log 2>&1 & for i in $(seq 200); do grep -q started /tmp/killed.log && break; sleep 0.05; done; sleep 0.{i + 1}3; kill -9 $!; wait; sleep 4");
            Session(transport, "reset halt", load, $"verify_image {file} 0x20001000 bin", $"dump_image {back} 0x20001000 {RamBytes}", "reset run");
            Assert.Equal(bytes, Guest.Receive("killed.bin"));
        }
    });

    [GuestTheory, MemberData(nameof(Transports))]
    public void Gdb_at_its_port_loads_compares_and_stops(string board, string transport) => WithProgram(board, _ =>
    {
        string elf = Guest.Send("demo.elf", File.ReadAllBytes(GdbSession.Program));
        string[] commands =
        [
            "target extended-remote :3333", "monitor reset halt", "load", "compare-sections", "break app_SharpProbe_Demo_Score__Count", "continue", "backtrace", "stepi", "info registers pc", "monitor shutdown",
        ];
        var run = Guest.Run($"""
            {OpenOcd.Line(transport)} > /tmp/openocd.log 2>&1 &
            for i in $(seq 200); do grep -q 'port 3333 for gdb' /tmp/openocd.log && break; sleep 0.1; done
            gdb-multiarch -nx -batch -ex 'set confirm off' -ex 'set remotetimeout 20' {string.Concat(commands.Select(c => $" -ex '{c}'"))} {elf}
            wait
            cat /tmp/openocd.log
            """, 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        string said = run.Good;
        Assert.Contains("Transfer rate:", said);
        Assert.Matches("Section .text.*: matched\\.", said);
        Assert.Matches("Breakpoint 1, .*Score__Count", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
        // gdb looks for callers of the first function, whose LR is 0xFFFFFFFF after reset: a bus error.
        OpenOcd.AssertCalm(string.Join("\n", said.Split('\n').Where(line => !line.StartsWith("Error: Failed to read memory at 0xfffffff", StringComparison.Ordinal))));
    });

    private static ElfFile Program { get; } = ElfFile.Read(GdbSession.Program);

    private static byte[] Random(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    /// <summary>With the demo's program in the target's flash.</summary>
    private void WithProgram(string board, Action<GuestProbe> test, [CallerMemberName] string name = "") => With(board, probe =>
    {
        probe.Bench(() => probe.Target.Load(Program));
        test(probe);
    }, name: name);

    private string Session(string transport, params IEnumerable<string> commands) => OpenOcd.Session(Guest, output.WriteLine, transport, commands);
}
