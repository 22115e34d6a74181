namespace SharpProbe.Sim.Targets;

/// <summary>Which pins of a probe board go to the target, by the probe chip's names.</summary>
/// <param name="Board">As <see cref="Boards.BoardList"/> names it.</param>
/// <param name="UartTx">The probe's transmitter, to <see cref="SimTarget.Uart"/>'s receiver; null: not wired.</param>
/// <param name="UartRx">The probe's receiver, from its transmitter.</param>
/// <param name="Swo">The probe's receiver, from the target's trace output (<see cref="SimTarget.Swo"/>), which is TDO too.</param>
/// <param name="Tdi">The target's TDI; null: not wired.</param>
/// <param name="Sense">An analog pin of the probe that gets half the target's supply (MB1367); null: none.</param>
public sealed record TargetWiring(string Board, string Swclk, string Swdio, string Reset, string? UartTx = null, string? UartRx = null, string? Sense = null, string? Swo = null, string? Tdi = null)
{
    /// <summary>V3 mini: schematic MB1367, T_SWCLK, T_SWDIO, T_NRST, T_VCP, T_JTDI, T_SWO. The others: the pins that the boards' users solder a connector to.</summary>
    public static IReadOnlyList<TargetWiring> All { get; } =
    [
        new("stlinkv3mini", "PH6", "PF9", "PA6", UartTx: "PG14", UartRx: "PG9", Sense: "PA0", Swo: "PD2", Tdi: "PF8"),
        new("pybd_sf2", "PA5", "PA7", "PA2", Swo: "PA3", Tdi: "PC5"),
        new("devebox_h743", "PB13", "PB15", "PB1", Swo: "PA3", Tdi: "PB12"),
        new("devebox_h750", "PB13", "PB15", "PB1", Swo: "PA3", Tdi: "PB12"),
    ];

    public static TargetWiring Of(string board) => All.FirstOrDefault(w => w.Board == board) ?? throw new ArgumentException($"no wiring to a target is known of the board {board}");
}
