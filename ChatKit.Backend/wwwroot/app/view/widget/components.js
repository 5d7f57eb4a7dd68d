import { button, checkbox, datePicker, input, radioGroup, select, textarea } from "./controls.js";
import { chart } from "./chart.js";
import { badge, image, widgetIcon } from "./media.js";
import { basic, box, card, col, divider, form, listView, listViewItem, row, spacer, transition } from "./layout.js";
import { table, tableCell, tableRow } from "./table.js";
import { caption, label, markdown, textComponent, title } from "./texts.js";

/** Every component of the protocol. */
export const components = {
  Card: card,
  ListView: listView,
  Basic: basic,
  ListViewItem: listViewItem,
  Box: box,
  Row: row,
  Col: col,
  Form: form,
  Spacer: spacer,
  Divider: divider,
  Transition: transition,
  Text: textComponent,
  Title: title,
  Caption: caption,
  Markdown: markdown,
  Label: label,
  Badge: badge,
  Icon: widgetIcon,
  Image: image,
  Button: button,
  Input: input,
  Textarea: textarea,
  Select: select,
  DatePicker: datePicker,
  Checkbox: checkbox,
  RadioGroup: radioGroup,
  Chart: chart,
  Table: table,
  "Table.Row": tableRow,
  "Table.Cell": tableCell,
};
