using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>
/// Programs that live on exceptions, run on QEMU's Cortex-M3, M4 and M7 and on the bench; each writes a log of what its handlers saw, and the logs must agree
/// word for word. Needs qemu-system-arm and the Arm binutils. Where QEMU departs from the manual the program says so and leaves it out.
/// </summary>
[Trait("Category", "Qemu")]
public class QemuSystemTests
{
    private const string LinkerScript = "SECTIONS { . = 0; .text : { *(.vec) *(.text) } }";

    [Theory]
    [InlineData(CoreKind.CortexM4)]
    [InlineData(CoreKind.CortexM7Double)]
    public void Every_kind_of_exception_leaves_the_same_frames_and_status(CoreKind kind) => Compare(kind, "exceptions", seed: 0, rounds: 0);

    [Theory]
    [InlineData(CoreKind.CortexM3, 1)]
    [InlineData(CoreKind.CortexM7Double, 2)]
    [InlineData(CoreKind.CortexM7Double, 3)]
    public void Random_priorities_and_masks_give_the_same_order_of_handlers(CoreKind kind, int seed) => Compare(kind, "priorities", seed, rounds: 500);

    [Theory]
    [InlineData(CoreKind.CortexM3, 1)]
    [InlineData(CoreKind.CortexM7Double, 2)]
    public void Random_MPU_regions_allow_and_forbid_the_same_accesses(CoreKind kind, int seed) => Compare(kind, "mpu", seed, rounds: 500);

    /// <summary>The board that QEMU has with each core; their memories agree.</summary>
    private static string Machine(CoreKind kind) => kind switch
    {
        CoreKind.CortexM3 => "mps2-an385",
        CoreKind.CortexM4 => "mps2-an386",
        _ => "mps2-an500",
    };

    private static void Compare(CoreKind kind, string program, int seed, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("sharpprobe-scs-").FullName;
        try
        {
            string image = Assemble(program, seed, rounds, folder);
            Tool("qemu-system-arm", $"-M {Machine(kind)} -display none -serial none -monitor none -semihosting-config enable=on,target=native -kernel program.elf", folder);
            uint[] expected = TakeLog(folder);
            RunOnBench(kind, image, folder);
            uint[] actual = TakeLog(folder);
            Assert.True(expected.Length > 100, "the program logged hardly anything");
            int at = expected.AsSpan().CommonPrefixLength(actual);
            Assert.True(at == expected.Length && at == actual.Length,
                $"word {at}: QEMU {(at < expected.Length ? expected[at] : 0):X8}, bench {(at < actual.Length ? actual[at] : 0):X8}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Assemble(string program, int seed, int rounds, string folder)
    {
        string sources = Path.Combine(Folder(), "programs");
        File.WriteAllText(Path.Combine(folder, "program.ld"), LinkerScript);
        Tool("arm-none-eabi-as", $"-mthumb -I \"{sources}\" --defsym SEED={seed} --defsym ROUNDS={rounds} -o program.o \"{Path.Combine(sources, program + ".s")}\"", folder);
        Tool("arm-none-eabi-ld", "-T program.ld -o program.elf program.o", folder);
        Tool("arm-none-eabi-objcopy", "-O binary program.elf program.bin", folder);
        return Path.Combine(folder, "program.bin");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static uint[] TakeLog(string folder)
    {
        string path = Path.Combine(folder, "log.bin");
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return MemoryMarshal.Cast<byte, uint>(bytes).ToArray();
    }

    /// <summary>QEMU's boards: 4 MB at 0 and at 0x20000000, 32 interrupts, 8 priority bits.</summary>
    private static void RunOnBench(CoreKind kind, string image, string folder)
    {
        const uint Size = 4 << 20;
        var code = new MemoryRegion("SSRAM1", 0, Size, MemoryTiming.Tcm);
        var data = new MemoryRegion("SSRAM2", 0x2000_0000, Size, MemoryTiming.Tcm);
        var bus = new Bus();
        bus.Map(code);
        bus.Map(data);
        File.ReadAllBytes(image).CopyTo(code.Span);
        var time = new TimeBase(25_000_000);
        var core = new Core(kind, bus, time, CoreFeatures.For(kind) with { InterruptLines = 32, PriorityBits = 8, MpuRegions = 8 })
        {
            Semihosting = new Semihosting(time, folder),
        };
        core.Reset();
        core.RunInstructions(50_000_000);
        Assert.Equal(0, core.Semihosting.ExitCode);
    }

    private static void Tool(string name, string arguments, string folder)
    {
        Child child = Child.Run(60, new System.Diagnostics.ProcessStartInfo(name, arguments) { WorkingDirectory = folder });
        Assert.True(child.Code == 0, $"{name}: {child.Errors}");
    }
}
