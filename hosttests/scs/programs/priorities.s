@ Random priorities, grouping, masks and pending sets; every handler logs where it is and sometimes pends, masks or raises NMI, so that handlers nest,
@ tail-chain and wait. SEED and ROUNDS are given by the assembler's command line.
.include "common.inc"
.section .vec,"a"
.word STACK
.word start+1
.rept 46
.word handler+1
.endr
.text
.thumb_func
handler:
  push {r4-r7, lr}
  mrs r0, ipsr
  ldr r1, =0xE000ED04
  ldr r2, [r1]
  mrs r3, basepri
  cmp r3, #0            @ QEMU's VECTPENDING ignores BASEPRI; the manual's does not (PM0253, ICSR)
  it ne
  bfcne r2, #12, #9
  eor r0, r0, r3, lsl #16
  eor r0, r0, lr, lsl #24
  stmia r10!, {r0, r2}
  ldr r1, =0xE000E300
  ldr r2, [r1]
  ldr r1, =0xE000E200
  ldr r3, [r1]
  ldr r1, =0xE000ED24
  ldr r4, [r1]
  stmia r10!, {r2, r3, r4}
  rnd r0
  and r2, r0, #7
  cmp r2, #4
  bhs 2f
  lsr r0, r0, #4
  rnd r3
  and r0, r0, r3
  rnd r3
  and r0, r0, r3
  ldr r1, =0xE000E200
  str r0, [r1]
  settle
2:cmp r2, #5
  bne 3f
  ldr r1, =0xE000ED04
  mov r0, #0x10000000
  str r0, [r1]
  settle
3:cmp r2, #6
  bne 4f
  lsr r0, r0, #4
  and r0, r0, #0xff
  msr basepri_max, r0
  isb
  nop
  mov r0, #0
  msr basepri, r0
  isb
4:rnd r0
  and r2, r0, #31
  cmp r2, #1
  bne 5f
  ldr r1, =0xE000ED04
  mov r0, #0x80000000
  mrs r3, ipsr
  cmp r3, #2
  beq 5f
  str r0, [r1]
  settle
5:pop {r4-r7, pc}
.global start
.thumb_func
start:
  ldr r10, =LOG
  ldr r8, =1664525
  ldr r9, =SEED
  ldr r7, =ROUNDS
round:
  cpsid i
  @ prigroup
  rnd r0
  and r0, r0, #7
  ldr r1, =0x05FA0000
  orr r0, r1, r0, lsl #8
  ldr r1, =0xE000ED0C
  str r0, [r1]
  @ priorities irq 0..31
  ldr r1, =0xE000E400
  mov r2, #8
1:rnd r3
  rnd r4
  eor r3, r3, r4, lsl #16
  str r3, [r1], #4
  subs r2, #1
  bne 1b
  ldr r1, =0xE000ED18
  mov r2, #3
1:rnd r3
  rnd r4
  eor r3, r3, r4, lsl #16
  str r3, [r1], #4
  subs r2, #1
  bne 1b
  @ read back
  ldr r1, =0xE000ED1C
  ldr r3, [r1]
  ldr r4, [r1, #4]
  stmia r10!, {r3, r4}
  @ enables
  mvn r0, #0
  ldr r1, =0xE000E180
  str r0, [r1]
  rnd r0
  rnd r3
  orr r0, r0, r3, lsl #9
  ldr r1, =0xE000E100
  str r0, [r1]
  @ pend
  mvn r0, #0
  ldr r1, =0xE000E280
  str r0, [r1]
  rnd r0
  rnd r3
  and r0, r0, r3
  ldr r1, =0xE000E200
  str r0, [r1]
  rnd r0
  and r0, r0, #0x14000000
  ldr r1, =0xE000ED04
  str r0, [r1]
  rnd r0
  and r0, r0, #0xff
  rnd r2
  tst r2, #3
  it eq
  moveq r0, #0
  msr basepri, r0
  isb
  ldr r0, [r1]
  mrs r2, basepri
  cmp r2, #0
  it ne
  bfcne r0, #12, #9
  stmia r10!, {r0, r2}
  cpsie i
  settle
  mov r0, #0
  msr basepri, r0
  settle
  nop
  cpsid i
  ldr r1, =0xE000ED04
  ldr r0, [r1]
  ldr r1, =0xE000E200
  ldr r2, [r1]
  stmia r10!, {r0, r2}
  mov r0, #0x0a000000
  ldr r1, =0xE000ED04
  str r0, [r1]
  subs r7, #1
  bne round
  finish
