using System.Buffers.Binary;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Boot;

public class MemoryUseTests
{
    private const uint Budget = 64 * 1024;

    public static TheoryData<string> Boards => ["stlinkv3mini", "pybd_sf2", "devebox_h743", "devebox_h750"];

    /// <summary>As ./build.sh size prints it: every section in RAM, and of the heap what is taken, which is all at start-up.</summary>
    [Theory, MemberData(nameof(Boards))]
    public void A_board_takes_less_than_64_KB_of_RAM(string name)
    {
        var elf = ElfFile.Read(BootedBoard.Firmware(name));
        Machine machine = new BootedBoard(BoardList.Find(name)).Run(200).Machine;
        uint heap = Heap(machine, elf), sections = At(elf, "__main_stack_end") - At(elf, "__stack_start");
        foreach (string section in new[] { "data", "bss", "noinit", "dma", "trace" }) sections += At(elf, $"__{section}_end") - At(elf, $"__{section}_start");
        Assert.True(sections + heap < Budget, $"{sections} bytes, and {heap} of heap");
    }

    [Theory, MemberData(nameof(Boards))]
    public void The_heap_has_a_KB_more_than_is_taken_at_start_up(string name)
    {
        var elf = ElfFile.Read(BootedBoard.Firmware(name));
        uint heap = Heap(new BootedBoard(BoardList.Find(name)).Run(200).Machine, elf);
        Assert.True(At(elf, "__heap_end") - At(elf, "__heap_start") - heap >= 1024, $"{heap} bytes are taken: boards/{name}/memory.ld");
    }

    [Theory, MemberData(nameof(Boards))]
    public void Types_and_strings_lie_in_flash(string name)
    {
        foreach (var symbol in ElfFile.Read(BootedBoard.Firmware(name)).Symbols)
            if (symbol.Name.StartsWith("_ZTV") || symbol.Name.StartsWith("__Str_")) Assert.True(symbol.Address < 0x2000_0000, symbol.Name);
    }

    private static uint Heap(Machine machine, ElfFile elf)
    {
        uint next = At(elf, "__NONGCSTATICSS_P_CoreLib_Internal_Runtime_Heap");
        var mapping = machine.Bus.Find(next)!;
        return BinaryPrimitives.ReadUInt32LittleEndian(mapping.Region!.Span[(int)(next - mapping.Address)..]) - At(elf, "__heap_start");
    }

    private static uint At(ElfFile elf, string symbol) => elf.AddressOf(symbol) ?? throw new InvalidDataException($"no {symbol}");
}
